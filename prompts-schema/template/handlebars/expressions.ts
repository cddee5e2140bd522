import type { Range } from '../../text/range.ts';
import type { Expression, NamedArgument, PathExpression, PathStep } from '../nodes.ts';
import type { Token } from './tokens.ts';

/** What stands in a tag: a name with its arguments. Which helper that is, if any, is decided by whoever reads the tag. */
export interface TagCall {
  readonly callee: Callee;
  readonly parameters: readonly Argument[];
  readonly named: readonly { readonly name: string; readonly value: Argument }[];
  readonly blockParameters: readonly string[];
  readonly range: Range;
}

/** A literal can be called too: it is then the name of a variable. */
export type Callee =
  | { readonly kind: 'path'; readonly path: PathExpression }
  | { readonly kind: 'literal'; readonly text: string; readonly value: Literal; readonly range: Range };

export type Argument = Callee | { readonly kind: 'nested'; readonly call: TagCall };

type Literal = string | number | boolean | null | undefined;

/** Thrown at a token that has no place there; caught where the tag is read. */
export class BadToken extends Error {
  readonly range: Range;

  constructor(range: Range, message: string) {
    super(message);
    this.range = range;
  }
}

const MAX_NESTING = 50;

/** Reads the tokens of one tag, its end among them. */
export function readTagCall(tokens: readonly Token[]): TagCall {
  const reader = new Reader(tokens);
  const call = reader.call(0);
  reader.end();
  return call;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  call(depth: number): TagCall {
    if (depth > MAX_NESTING) throw new BadToken(this.#peek().range, 'Parentheses are nested too deep.');
    const start = this.#peek().range.start;
    const callee = this.#callee();
    const parameters: Argument[] = [];
    const named: { readonly name: string; readonly value: Argument }[] = [];
    const blockParameters: string[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.kind === 'close' || this.#is(')')) break;
      if (this.#is('as |')) {
        this.#at++;
        while (this.#peek().kind === 'id') blockParameters.push(this.#next().text);
        this.#expect('|');
        break;
      }
      if (token.kind === 'id' && this.#isAt(1, '=')) {
        this.#at += 2;
        named.push({ name: token.text, value: this.#argument(depth) });
      } else if (named.length > 0) throw new BadToken(token.range, 'Plain arguments stand before those with a name.');
      else parameters.push(this.#argument(depth));
    }
    return { callee, parameters, named, blockParameters, range: { start, end: this.#tokens[this.#at - 1]?.range.end ?? start } };
  }

  end(): void {
    const token = this.#peek();
    if (token.kind !== 'close') throw new BadToken(token.range, `\`${token.text}\` has no place here.`);
  }

  #argument(depth: number): Argument {
    if (!this.#is('(')) return this.#callee();
    this.#at++;
    const call = this.call(depth + 1);
    this.#expect(')');
    return { kind: 'nested', call };
  }

  #callee(): Callee {
    const token = this.#peek();
    if (token.kind === 'string' || token.kind === 'number' || token.kind === 'word') {
      this.#at++;
      return { kind: 'literal', text: token.text, value: literalOf(token), range: token.range };
    }
    return { kind: 'path', path: this.#path() };
  }

  #path(): PathExpression {
    const start = this.#peek().range.start;
    const data = this.#is('@');
    if (data) this.#at++;
    let up = 0;
    let strict = false;
    const names: Token[] = [];
    for (;;) {
      const token = this.#next();
      if (token.kind !== 'id') throw new BadToken(token.range, `\`${token.text}\` has no place here.`);
      if (!token.literal && (token.text === '..' || token.text === '.' || token.text === 'this')) {
        if (names.length > 0) throw new BadToken(token.range, `\`${token.text}\` can only stand at the beginning of a path.`);
        if (token.text === '..') up++;
        strict = true;
      } else names.push(token);
      if (!this.#is('/') && !this.#is('.')) break;
      this.#at++;
    }
    const [first, ...rest] = names;
    const end = this.#tokens[this.#at - 1]?.range.end ?? start;
    const steps: readonly PathStep[] = rest.map(({ text }) => ({ kind: 'name', name: text }));
    return {
      kind: 'path',
      root: first?.text ?? '',
      rootRange: first?.range ?? { start, end },
      from: data ? 'data' : strict || first?.literal ? 'context' : 'input',
      up,
      steps,
      range: { start, end },
    };
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] ?? NOTHING;
  }

  #next(): Token {
    const token = this.#peek();
    if (token.kind === 'close') throw new BadToken(token.range, 'A name or a value is missing here.');
    this.#at++;
    return token;
  }

  #is(sign: string): boolean {
    return this.#isAt(0, sign);
  }

  #isAt(ahead: number, sign: string): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'sign' && token.text === sign;
  }

  #expect(sign: string): void {
    const token = this.#peek();
    if (!this.#is(sign)) throw new BadToken(token.range, `A \`${sign}\` is missing here.`);
    this.#at++;
  }
}

const NOTHING: Token = { kind: 'close', text: '', literal: false, range: { start: 0, end: 0 } };

function literalOf({ kind, text }: Token): Literal {
  if (kind === 'string') return text;
  if (kind === 'number') return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text === 'null' ? null : undefined;
}

/** A callee as the variable it names: `{{12}}` is the variable called `12`. */
export function variableOf(callee: Callee): PathExpression {
  if (callee.kind === 'path') return callee.path;
  return { kind: 'path', root: callee.text, rootRange: callee.range, from: 'input', up: 0, steps: [], range: callee.range };
}

/** Arguments as expressions; `nested` reads calls in parentheses. */
export function argumentOf(argument: Argument, nested: (call: TagCall) => Expression): Expression {
  if (argument.kind === 'path') return argument.path;
  if (argument.kind === 'nested') return nested(argument.call);
  return { kind: 'literal', value: argument.value, range: argument.range };
}

/** The same for arguments with a name. */
export function namedOf(list: TagCall['named'], nested: (call: TagCall) => Expression): readonly NamedArgument[] {
  return list.map(({ name, value }) => ({ name, value: argumentOf(value, nested) }));
}
