package main

import (
	"fmt"
	"strings"
	"text/template/parse"
)

// reader runs templates in the abstract and notes which places of the values they read.
type reader struct {
	// trees are the templates by name. Two files may define one name; all of its definitions are run.
	trees     map[string][]*parse.Tree
	reads     map[string]bool
	flattened map[string]bool
	moved     map[string]string
	// dumps are blocks of values that a template writes out whole, for other templates to read later.
	dumps []*value
	seen  map[string]bool
}

func newReader() *reader {
	return &reader{
		trees:     map[string][]*parse.Tree{},
		reads:     map[string]bool{},
		flattened: map[string]bool{},
		moved:     map[string]string{},
		seen:      map[string]bool{},
	}
}

func (r *reader) parse(name, text string) error {
	tree := parse.New(name)
	// What a function is called is enough here; whether it exists, Helm decides when it renders.
	tree.Mode = parse.SkipFuncCheck
	own := map[string]*parse.Tree{}
	if _, err := tree.Parse(text, "", "", own); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for defined, one := range own {
		r.trees[defined] = append(r.trees[defined], one)
	}
	return nil
}

// run runs a template with this value as its dot. Twice with the same would tell nothing new.
func (r *reader) run(name string, dot *value) {
	key := name + " " + describe(dot, 4)
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	for _, tree := range r.trees[name] {
		top := &scope{reader: r, dot: dot, variables: map[string]*value{"$": dot}}
		top.list(tree.Root)
	}
}

func describe(v *value, depth int) string {
	if depth == 0 {
		return "…"
	}
	text := fmt.Sprint(v.root, v.places, v.texts)
	for _, name := range keysOf(v.members) {
		text += name + "{" + describe(v.members[name], depth-1) + "}"
	}
	if v.elements != nil {
		text += "[" + describe(v.elements, depth-1) + "]"
	}
	return text
}

// note marks what a value may be as read.
func (r *reader) note(v *value) {
	for _, place := range v.places {
		if place != "" {
			r.reads[place] = true
		}
	}
}

// noteAll marks what a value may be as read, with everything below.
func (r *reader) noteAll(v *value) {
	r.note(v)
	for _, place := range v.places {
		// All values at once are written out for people to read, not for anything to use.
		if place != "" && place != "_original" {
			r.reads[join(place, "**")] = true
		}
	}
	for _, member := range v.members {
		r.noteAll(member)
	}
	if v.elements != nil {
		r.noteAll(v.elements)
	}
}

// scope is the inside of a block: its dot and its variables.
type scope struct {
	reader    *reader
	outer     *scope
	dot       *value
	variables map[string]*value
}

func (s *scope) inner(dot *value) *scope {
	return &scope{reader: s.reader, outer: s, dot: dot, variables: map[string]*value{}}
}

func (s *scope) variable(name string) *value {
	for at := s; at != nil; at = at.outer {
		if known, found := at.variables[name]; found {
			return known
		}
	}
	return nothing
}

// assign changes a variable. Since every branch runs, it may hold what it held before, too.
func (s *scope) assign(name string, given *value) {
	for at := s; at != nil; at = at.outer {
		if known, found := at.variables[name]; found {
			at.variables[name] = union(known, given)
			return
		}
	}
	s.variables[name] = given
}

func (s *scope) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		s.node(node)
	}
}

func (s *scope) node(node parse.Node) {
	switch node := node.(type) {
	case *parse.ActionNode:
		printed := s.pipe(node.Pipe)
		if len(node.Pipe.Decl) == 0 {
			s.reader.note(printed)
		}
	case *parse.IfNode:
		s.branch(&node.BranchNode, false)
	case *parse.WithNode:
		s.branch(&node.BranchNode, true)
	case *parse.RangeNode:
		s.loop(node)
	case *parse.TemplateNode:
		if node.Pipe != nil {
			s.reader.run(node.Name, s.pipe(node.Pipe))
		}
	}
}

func (s *scope) branch(node *parse.BranchNode, with bool) {
	inner := s.inner(s.dot)
	condition := inner.pipe(node.Pipe)
	s.reader.note(condition)
	taken, decided := literal(node.Pipe)
	if !decided || taken {
		body := inner
		if with {
			body = inner.inner(condition)
		}
		body.list(node.List)
	}
	if !decided || !taken {
		inner.list(node.ElseList)
	}
}

// literal is the truth of a condition that says `true` or `false` itself.
func literal(pipe *parse.PipeNode) (truth, decided bool) {
	if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return false, false
	}
	node, is := pipe.Cmds[0].Args[0].(*parse.BoolNode)
	return is && node.True, is
}

func (s *scope) loop(node *parse.RangeNode) {
	inner := s.inner(s.dot)
	over := inner.commands(node.Pipe)
	s.reader.note(over)
	element := over.element()
	s.reader.note(element)
	names := node.Pipe.Decl
	if len(names) > 0 {
		inner.variables[names[len(names)-1].Ident[0]] = element
	}
	if len(names) > 1 {
		inner.variables[names[0].Ident[0]] = &value{texts: keysOf(over.members)}
	}
	inner.inner(element).list(node.List)
	s.inner(s.dot).list(node.ElseList)
}

// pipe runs a pipeline and keeps its result in the variables that it declares.
func (s *scope) pipe(pipe *parse.PipeNode) *value {
	result := s.commands(pipe)
	for _, name := range pipe.Decl {
		if pipe.IsAssign {
			s.assign(name.Ident[0], result)
			continue
		}
		s.variables[name.Ident[0]] = result
		if name.Ident[0] == "$deps" {
			s.reader.noteMoved(result)
		}
	}
	return result
}

// noteMoved keeps the table of deprecated keys that istiod's notes warn of.
func (r *reader) noteMoved(table *value) {
	for old, instead := range table.members {
		if strings.Contains(old, ".") {
			r.moved[old] = strings.Join(instead.texts, ", ")
		}
	}
}

func (s *scope) commands(pipe *parse.PipeNode) *value {
	var result *value
	for _, command := range pipe.Cmds {
		result = s.command(command, result)
	}
	if result == nil {
		return nothing
	}
	return result
}

func (s *scope) command(command *parse.CommandNode, last *value) *value {
	name, isFunction := command.Args[0].(*parse.IdentifierNode)
	if !isFunction {
		for _, argument := range command.Args[1:] {
			s.reader.note(s.operand(argument))
		}
		return s.operand(command.Args[0])
	}
	arguments := []*value{}
	for _, argument := range command.Args[1:] {
		arguments = append(arguments, s.operand(argument))
	}
	if last != nil {
		arguments = append(arguments, last)
	}
	return s.call(name.Ident, arguments)
}

func (s *scope) operand(node parse.Node) *value {
	switch node := node.(type) {
	case *parse.DotNode:
		return s.dot
	case *parse.FieldNode:
		return descend(s.dot, node.Ident)
	case *parse.VariableNode:
		return descend(s.variable(node.Ident[0]), node.Ident[1:])
	case *parse.ChainNode:
		return descend(s.operand(node.Node), node.Field)
	case *parse.PipeNode:
		return s.pipe(node)
	case *parse.IdentifierNode:
		return s.call(node.Ident, nil)
	case *parse.StringNode:
		return &value{texts: []string{node.Text}}
	}
	return nothing
}

func descend(from *value, names []string) *value {
	for _, name := range names {
		from = from.member(name)
	}
	return from
}
