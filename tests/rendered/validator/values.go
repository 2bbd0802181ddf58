package main

// value is what the reader knows of a value while it runs a template in the abstract.
type value struct {
	// root is the object that Helm hands to a template: .Values, .Release, .Files …
	root bool
	// places are where in the chart's values it may come from; "" is their top.
	places []string
	// texts are the texts it may be.
	texts []string
	// members are those of a block that the template itself puts together.
	members map[string]*value
	// elements is what a list of the template's own holds.
	elements *value
}

var nothing = &value{}

// union is a value that may be any of these.
func union(values ...*value) *value {
	result := &value{}
	for _, one := range values {
		result.root = result.root || one.root
		result.places = append(result.places, one.places...)
		result.texts = append(result.texts, one.texts...)
		for name, member := range one.members {
			if result.members == nil {
				result.members = map[string]*value{}
			}
			if known, found := result.members[name]; found {
				member = union(known, member)
			}
			result.members[name] = member
		}
		if one.elements != nil {
			if result.elements != nil {
				result.elements = union(result.elements, one.elements)
			} else {
				result.elements = one.elements
			}
		}
	}
	result.places = unique(result.places)
	result.texts = unique(result.texts)
	return result
}

func unique(texts []string) []string {
	seen := map[string]bool{}
	result := []string{}
	for _, text := range texts {
		if !seen[text] {
			seen[text] = true
			result = append(result, text)
		}
	}
	return result
}

func join(place, key string) string {
	if place == "" {
		return key
	}
	return place + "." + key
}

// member is the value below a name.
func (v *value) member(name string) *value {
	result := &value{}
	if v.root && name == "Values" {
		result.places = []string{""}
	}
	for _, place := range v.places {
		result.places = append(result.places, join(place, name))
	}
	if member, found := v.members[name]; found {
		result = union(result, member)
	}
	return result
}

// below is the value below a key that is itself only known when the template runs.
func (v *value) below(key *value) *value {
	if len(key.texts) == 0 {
		return v.element()
	}
	results := []*value{}
	for _, text := range key.texts {
		results = append(results, v.member(text))
	}
	return union(results...)
}

// element is any member of a block or entry of a list.
func (v *value) element() *value {
	results := []*value{}
	for _, place := range v.places {
		results = append(results, &value{places: []string{join(place, "*")}})
	}
	for _, member := range v.members {
		results = append(results, member)
	}
	if v.elements != nil {
		results = append(results, v.elements)
	}
	return union(results...)
}
