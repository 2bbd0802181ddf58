package main

// passing are functions that give back what they were given, or one of it.
var passing = map[string]bool{
	"default": true, "coalesce": true, "or": true, "and": true, "ternary": true, "required": true,
	"deepCopy": true, "mustDeepCopy": true, "omitNil": true, "unset": true, "omit": true,
	"merge": true, "mustMerge": true, "mergeOverwrite": true, "mustMergeOverwrite": true,
	"valueOrDefault": true, "annotation": true, "structToJSON": true,
}

// writing are functions that write a value out with everything below it.
var writing = map[string]bool{
	"toYaml": true, "mustToYaml": true, "toYamlPretty": true, "toJson": true, "mustToJson": true,
	"toPrettyJson": true, "mustToPrettyJson": true, "toRawJson": true, "toJSON": true, "toJSONMap": true, "protoToJSON": true,
}

// call runs a function of Helm, Sprig or Istio in the abstract. One that is not known here reads its arguments.
func (s *scope) call(name string, arguments []*value) *value {
	switch {
	case name == "include" && len(arguments) > 1:
		for _, text := range arguments[0].texts {
			s.reader.run(text, arguments[1])
		}
		return nothing
	case name == "index" || name == "get":
		return at(arguments)
	case name == "dig":
		return s.dig(arguments)
	case name == "hasKey" && len(arguments) == 2:
		s.reader.note(arguments[0].below(arguments[1]))
		return nothing
	case name == "dict":
		return block(arguments)
	case name == "list":
		return &value{elements: union(arguments...)}
	case name == "pick" && len(arguments) > 0:
		return picked(arguments)
	case name == "set" && len(arguments) == 3:
		return s.set(arguments)
	case writing[name]:
		s.write(arguments)
		return nothing
	case passing[name]:
		s.reader.noteFlattened(name, arguments)
		s.noteEach(arguments)
		return union(arguments...)
	}
	s.noteEach(arguments)
	return nothing
}

func (s *scope) noteEach(arguments []*value) {
	for _, argument := range arguments {
		s.reader.note(argument)
	}
}

func at(arguments []*value) *value {
	if len(arguments) == 0 {
		return nothing
	}
	from := arguments[0]
	for _, key := range arguments[1:] {
		from = from.below(key)
	}
	return from
}

// dig is `dig "a" "b" default block`.
func (s *scope) dig(arguments []*value) *value {
	if len(arguments) < 3 {
		return nothing
	}
	found := arguments[len(arguments)-1]
	for _, key := range arguments[:len(arguments)-2] {
		found = found.below(key)
	}
	s.reader.note(found)
	return union(found, arguments[len(arguments)-2])
}

func block(arguments []*value) *value {
	result := &value{members: map[string]*value{}}
	for index := 0; index+1 < len(arguments); index += 2 {
		for _, name := range arguments[index].texts {
			result.members[name] = arguments[index+1]
		}
	}
	return result
}

func picked(arguments []*value) *value {
	result := &value{members: map[string]*value{}}
	for _, key := range arguments[1:] {
		for _, name := range key.texts {
			result.members[name] = arguments[0].member(name)
		}
	}
	return result
}

// set changes a block in place, as Sprig does, and gives it back.
func (s *scope) set(arguments []*value) *value {
	target, key, given := arguments[0], arguments[1], arguments[2]
	if target.root {
		return target
	}
	if target.members != nil {
		for _, name := range key.texts {
			target.members[name] = given
		}
		return target
	}
	if len(target.places) > 0 && target.places[0] != "" {
		s.reader.note(given)
	}
	return target
}

func (s *scope) write(arguments []*value) {
	for _, argument := range arguments {
		if shipped(argument) {
			s.reader.dumps = append(s.reader.dumps, argument)
			continue
		}
		s.reader.noteAll(argument)
	}
}

// shipped tells a block that a template put together from the values' own blocks: values for istiod's templates.
func shipped(v *value) bool {
	_, found := v.members["global"]
	return found && len(v.places) == 0
}

// noteFlattened notes a block that is merged over the top of all values.
func (r *reader) noteFlattened(name string, arguments []*value) {
	if name != "mustMergeOverwrite" || len(arguments) == 0 {
		return
	}
	target := arguments[0].places
	if len(target) != 1 || (target[0] != "" && target[0] != "_internal_defaults_do_not_set") {
		return
	}
	for _, argument := range arguments[1:] {
		for _, place := range argument.places {
			if place != "" {
				r.flattened[place] = true
			}
		}
	}
}
