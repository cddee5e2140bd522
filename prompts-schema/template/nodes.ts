import type { Json } from '../../safety/index.ts';
import type { Issue } from '../parse/issue.ts';
import type { Range } from '../text/range.ts';

/**
 * A template as its text says it, in any dialect: what every reader of `template/` makes and the one interpreter walks. Ranges are
 * offsets in the text that was read; a text node is exactly the part of the text that its range covers.
 */
export type TemplateNode =
  | TextNode
  | OutputNode
  | BranchNode
  | LoopNode
  | WithNode
  | SectionNode
  | AssignNode
  | PartialNode
  | RoleNode
  | MarkerNode
  | UnsupportedNode;

export interface TextNode {
  readonly kind: 'text';
  readonly text: string;
  readonly range: Range;
}

/** A value put into the text. */
export interface OutputNode {
  readonly kind: 'output';
  readonly value: Expression;
  readonly range: Range;
}

/** The first branch whose test holds, else `otherwise`. */
export interface BranchNode {
  readonly kind: 'branch';
  readonly branches: readonly Branch[];
  readonly otherwise: readonly TemplateNode[];
  readonly range: Range;
}

export interface Branch {
  readonly test: Expression;
  readonly body: readonly TemplateNode[];
  /** The tag that opens it. */
  readonly tag: Range;
}

/** The body once for each item; `otherwise` when there is none. */
export interface LoopNode {
  readonly kind: 'loop';
  /** What the body calls item and key or, with two names over pairs, both halves. */
  readonly names: readonly string[];
  readonly list: Expression;
  /** Items for which it does not hold are left out (`for x in xs if …`). */
  readonly only: Expression | undefined;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
  readonly tag: Range;
  readonly range: Range;
}

/** The body with another value in place of the current one (Handlebars' `with`). */
export interface WithNode {
  readonly kind: 'with';
  readonly value: Expression;
  readonly names: readonly string[];
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
  readonly tag: Range;
  readonly range: Range;
}

/** A block that is loop, `with` or condition as its value is list, map or anything else. */
export interface SectionNode {
  readonly kind: 'section';
  readonly value: Expression;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
  readonly tag: Range;
  readonly range: Range;
}

/** A name that stands for a value, or for what its body renders to, from here on. */
export interface AssignNode {
  readonly kind: 'assign';
  readonly name: string;
  readonly value: Expression | undefined;
  readonly body: readonly TemplateNode[];
  readonly range: Range;
}

/** Another template in this place. */
export interface PartialNode {
  readonly kind: 'partial';
  readonly name: string;
  readonly context: Expression | undefined;
  readonly named: readonly NamedArgument[];
  /** Put before each of its lines. */
  readonly indent: string;
  readonly range: Range;
}

/** From here on somebody else speaks. The role is a word of the template; no value can be one. */
export interface RoleNode {
  readonly kind: 'role';
  readonly role: string;
  readonly roleRange: Range;
  readonly range: Range;
}

/** A place for something that is not text. */
export interface MarkerNode {
  readonly kind: 'marker';
  readonly marker: 'history' | 'media' | 'section';
  /** What it is told: variables that it reads, though nothing of them is rendered. */
  readonly named: readonly NamedArgument[];
  readonly range: Range;
}

/** What the dialect has and this interpreter has not: an issue names it, and rendering stops here. */
export interface UnsupportedNode {
  readonly kind: 'unsupported';
  readonly message: string;
  /** What stands in it: not rendered, but it uses variables. */
  readonly body: readonly TemplateNode[];
  readonly range: Range;
}

export type Expression = LiteralExpression | PathExpression | CallExpression | LogicExpression | ListExpression | MapExpression;

export interface LiteralExpression {
  readonly kind: 'literal';
  /** Undefined where the language has a word for it. */
  readonly value: Json | undefined;
  readonly range: Range;
}

/** A value by name and steps into it. */
export interface PathExpression {
  readonly kind: 'path';
  /** The first name; empty for the current value itself (`this`, `.`). */
  readonly root: string;
  readonly rootRange: Range;
  /** `input`: a variable or a name bound above; `data`: Handlebars' `@name`; `context`: strictly in the current value. */
  readonly from: 'input' | 'data' | 'context';
  /** How many contexts up (`../`). */
  readonly up: number;
  readonly steps: readonly PathStep[];
  readonly range: Range;
}

export type PathStep = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'index'; readonly index: Expression };

/** A filter, test, helper or function of the dialect's closed list. */
export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly named: readonly NamedArgument[];
  readonly range: Range;
}

export interface NamedArgument {
  readonly name: string;
  readonly value: Expression;
}

/** Operators; `if` has test, value and other value. */
export interface LogicExpression {
  readonly kind: 'logic';
  readonly operator: Operator;
  readonly operands: readonly Expression[];
  readonly range: Range;
}

export type Operator =
  | 'not'
  | 'and'
  | 'or'
  | 'if'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'in'
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '~';

export interface ListExpression {
  readonly kind: 'list';
  readonly items: readonly Expression[];
  readonly range: Range;
}

export interface MapExpression {
  readonly kind: 'map';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
  readonly range: Range;
}

/** A block of a template, for folding and matching tags. */
export interface TemplateBlock {
  /** As written: `if`, `for`, `each`. */
  readonly name: string;
  readonly open: Range;
  /** Undefined when nothing closes it. */
  readonly close: Range | undefined;
}

/** What a template's text says: nodes for any text whatever, and what is wrong with it. */
export interface ParsedTemplate {
  readonly nodes: readonly TemplateNode[];
  readonly blocks: readonly TemplateBlock[];
  readonly issues: readonly Issue[];
}

/** The part of a text that a template is in. */
export interface TemplateSource {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
