import type { Range } from '../../text/range.ts';
import type { CallExpression, Expression, NamedArgument, Operator, PathStep } from '../nodes.ts';
import type { Token } from './tokens.ts';

/** Where a filter, test, function or method is used: the dialect says whether it has it. */
export interface CallUse {
  readonly kind: 'filter' | 'test' | 'function' | 'method';
  readonly name: string;
  readonly range: Range;
}

/** Thrown at a token that has no place there; caught where the tag is read. */
export class BadExpression extends Error {
  readonly range: Range;

  constructor(range: Range, message: string) {
    super(message);
    this.range = range;
  }
}

const MAX_NESTING = 60;

/** Expressions over the tokens of one tag, from left to right; `use` is told of every call. */
export class ExpressionReader {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #use: (use: CallUse) => void;
  readonly #refuse: (construct: string, instead: string, range: Range) => void;
  #at = 0;
  #depth = 0;

  constructor(
    tokens: readonly Token[],
    end: number,
    use: (use: CallUse) => void,
    refuse: (construct: string, instead: string, range: Range) => void,
  ) {
    this.#tokens = tokens;
    this.#end = end;
    this.#use = use;
    this.#refuse = refuse;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** A whole expression. Without `ternary` an `if` behind it is left for the loop that it belongs to. */
  expression(ternary = true): Expression {
    if (++this.#depth > MAX_NESTING) throw new BadExpression(this.#here(), 'This expression is nested too deep.');
    let value = this.#or();
    while (ternary && this.#takeWord('if')) {
      const test = this.#or();
      const other = this.#takeWord('else') ? this.expression() : undefined;
      value = logic('if', other ? [test, value, other] : [test, value]);
    }
    this.#depth--;
    return value;
  }

  name(): Token {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'name') throw new BadExpression(this.#here(), 'A name is missing here.');
    this.#at++;
    return token;
  }

  takeWord(word: string): boolean {
    return this.#takeWord(word);
  }

  takeSign(sign: string): boolean {
    return this.#takeSign(sign);
  }

  /** Everything must have been read. */
  finish(): void {
    if (!this.done) throw new BadExpression(this.#here(), `\`${this.#tokens[this.#at]?.text ?? ''}\` has no place here.`);
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#takeWord('or')) left = logic('or', [left, this.#and()]);
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#takeWord('and')) left = logic('and', [left, this.#not()]);
    return left;
  }

  #not(): Expression {
    if (!this.#takeWord('not')) return this.#comparison();
    if (++this.#depth > MAX_NESTING) throw new BadExpression(this.#here(), 'This expression is nested too deep.');
    const operand = this.#not();
    this.#depth--;
    return logic('not', [operand]);
  }

  /** `a < b < c` holds where both do. */
  #comparison(): Expression {
    let left = this.#sum();
    let chain: Expression | undefined;
    for (;;) {
      const operator = this.#comparator();
      if (!operator) return chain ?? left;
      const right = this.#sum();
      const one = logic(operator.is, [left, right]);
      const whole = operator.negated ? logic('not', [one]) : one;
      chain = chain ? logic('and', [chain, whole]) : whole;
      left = right;
    }
  }

  #comparator(): { readonly is: Operator; readonly negated: boolean } | undefined {
    for (const [sign, is] of COMPARISONS) if (this.#takeSign(sign)) return { is, negated: false };
    if (this.#takeWord('in')) return { is: 'in', negated: false };
    if (this.#isWord(0, 'not') && this.#isWord(1, 'in')) {
      this.#at += 2;
      return { is: 'in', negated: true };
    }
    return undefined;
  }

  #sum(): Expression {
    return this.#leftToRight(['+', '-'], () =>
      this.#leftToRight(['~'], () => this.#leftToRight(['*', '/', '//', '%'], () => this.#unary())),
    );
  }

  #leftToRight(operators: readonly ('+' | '-' | '~' | '*' | '/' | '//' | '%')[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((sign) => this.#takeSign(sign));
      if (!operator) return left;
      left = logic(operator, [left, operand()]);
    }
  }

  #unary(): Expression {
    const minus = this.#tokens[this.#at]?.range;
    if (this.#takeSign('-')) {
      if (++this.#depth > MAX_NESTING) throw new BadExpression(this.#here(), 'This expression is nested too deep.');
      const operand = this.#unary();
      this.#depth--;
      return logic('-', [{ kind: 'literal', value: 0, range: minus ?? operand.range }, operand]);
    }
    while (this.#takeSign('+'));
    return this.#filtersAndTests(this.#postfix(this.#primary()));
  }

  #filtersAndTests(input: Expression): Expression {
    let value = input;
    for (;;) {
      if (this.#takeSign('|')) {
        const name = this.#dotted();
        this.#use({ kind: 'filter', name: name.text, range: name.range });
        value = this.#call(name.text, value, name.range, this.#isSign('('));
      } else if (this.#isWord(0, 'is')) {
        this.#at++;
        value = this.#test(value);
      } else return value;
    }
  }

  #test(input: Expression): Expression {
    const negated = this.#takeWord('not');
    const name = this.#dotted();
    this.#use({ kind: 'test', name: name.text, range: name.range });
    const call = `is ${name.text}`;
    const next = this.#tokens[this.#at];
    const bare = next !== undefined && next.kind !== 'sign' && !STOPS.has(next.text);
    const tested: Expression = bare
      ? { kind: 'call', name: call, arguments: [input, this.#postfix(this.#primary())], named: [], range: name.range }
      : this.#call(call, input, name.range, this.#isSign('('));
    return negated ? logic('not', [tested]) : tested;
  }

  #dotted(): Token {
    const first = this.name();
    let { text } = first;
    let { end } = first.range;
    while (this.#isSign('.') && this.#tokens[this.#at + 1]?.kind === 'name') {
      this.#at++;
      const part = this.name();
      text += `.${part.text}`;
      end = part.range.end;
    }
    return { kind: 'name', text, range: { start: first.range.start, end } };
  }

  #postfix(start: Expression): Expression {
    let value = start;
    for (;;) {
      if (this.#takeSign('.')) {
        const token = this.#tokens[this.#at];
        if (token?.kind !== 'name' && token?.kind !== 'number') throw new BadExpression(this.#here(), 'A name is missing behind the dot.');
        this.#at++;
        if (token.kind === 'name' && this.#isSign('(')) {
          this.#use({ kind: 'method', name: token.text, range: token.range });
          value = this.#call(`.${token.text}`, value, token.range, true);
        } else value = step(value, { kind: 'name', name: token.text }, token.range.end);
      } else if (this.#takeSign('[')) {
        const from = this.#here();
        if (this.#isSign(':'))
          throw new BadExpression(
            from,
            'A slice cannot be read here. Write `[0]`, `| first` or `| last`, or prepare the list in the dataset.',
          );
        const index = this.expression();
        if (this.#isSign(':'))
          throw new BadExpression(
            from,
            'A slice cannot be read here. Write `[0]`, `| first` or `| last`, or prepare the list in the dataset.',
          );
        this.#expect(']');
        if (index.kind === 'logic' && index.operator === '-')
          this.#refuse('An index that counts from the end', 'write `| last`', index.range);
        value = step(value, { kind: 'index', index }, this.#tokens[this.#at - 1]?.range.end ?? value.range.end);
      } else if (this.#isSign('(')) {
        if (value.kind !== 'path' || value.steps.length > 0) throw new BadExpression(this.#here(), 'Only functions can be called.');
        this.#use({ kind: 'function', name: value.root, range: value.rootRange });
        value = this.#call(`${value.root}()`, undefined, value.range, true);
      } else return value;
    }
  }

  #call(name: string, input: Expression | undefined, range: Range, withArguments: boolean): CallExpression {
    const list: Expression[] = input ? [input] : [];
    const named: NamedArgument[] = [];
    if (withArguments && this.#takeSign('(')) {
      while (!this.#isSign(')')) {
        const key = this.#tokens[this.#at];
        if (key?.kind === 'name' && this.#tokens[this.#at + 1]?.text === '=' && this.#tokens[this.#at + 1]?.kind === 'sign') {
          this.#at += 2;
          named.push({ name: key.text, value: this.expression() });
        } else list.push(this.expression());
        if (!this.#takeSign(',')) break;
      }
      this.#expect(')');
    }
    return { kind: 'call', name, arguments: list, named, range };
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at];
    if (!token) throw new BadExpression(this.#here(), 'A value is missing here.');
    const { range, text } = token;
    this.#at++;
    if (token.kind === 'string') {
      let joined = text;
      while (this.#tokens[this.#at]?.kind === 'string') joined += this.#tokens[this.#at++]?.text ?? '';
      return { kind: 'literal', value: joined, range };
    }
    if (token.kind === 'number') return { kind: 'literal', value: Number(text.replaceAll('_', '')), range };
    if (token.kind === 'name') {
      if (WORDS.has(text)) return { kind: 'literal', value: WORDS.get(text) ?? null, range };
      if (STOPS.has(text)) throw new BadExpression(range, `A value is missing before \`${text}\`.`);
      return { kind: 'path', root: text, rootRange: range, from: 'input', up: 0, steps: [], range };
    }
    if (text === '(') return this.#group(range);
    if (text === '[') return { kind: 'list', items: this.#items(']'), range };
    if (text === '{') return this.#map(range);
    throw new BadExpression(range, `\`${text}\` has no place here.`);
  }

  #group(range: Range): Expression {
    const items = this.#items(')');
    const comma = this.#tokens[this.#at - 2]?.text === ',';
    const [only] = items;
    return only && items.length === 1 && !comma ? only : { kind: 'list', items, range };
  }

  #items(close: string): readonly Expression[] {
    const items: Expression[] = [];
    while (!this.#isSign(close)) {
      items.push(this.expression());
      if (!this.#takeSign(',')) break;
    }
    this.#expect(close);
    return items;
  }

  #map(range: Range): Expression {
    const entries: { readonly key: Expression; readonly value: Expression }[] = [];
    while (!this.#isSign('}')) {
      const key = this.expression();
      this.#expect(':');
      entries.push({ key, value: this.expression() });
      if (!this.#takeSign(',')) break;
    }
    this.#expect('}');
    return { kind: 'map', entries, range };
  }

  #here(): Range {
    return this.#tokens[this.#at]?.range ?? { start: this.#end, end: this.#end };
  }

  #isSign(sign: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'sign' && token.text === sign;
  }

  #takeSign(sign: string): boolean {
    const found = this.#isSign(sign);
    if (found) this.#at++;
    return found;
  }

  #isWord(ahead: number, word: string): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'name' && token.text === word;
  }

  #takeWord(word: string): boolean {
    const found = this.#isWord(0, word);
    if (found) this.#at++;
    return found;
  }

  #expect(sign: string): void {
    if (!this.#takeSign(sign)) throw new BadExpression(this.#here(), `A \`${sign}\` is missing here.`);
  }
}

const COMPARISONS: readonly (readonly [string, Operator])[] = [
  ['===', '=='],
  ['!==', '!='],
  ['==', '=='],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['<', '<'],
  ['>', '>'],
];

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
  ['null', null],
]);

/** Words that end an expression. */
const STOPS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else']);

function logic(operator: Operator, operands: readonly Expression[]): Expression {
  const first = operands[0]?.range.start ?? 0;
  return { kind: 'logic', operator, operands, range: { start: first, end: operands.at(-1)?.range.end ?? first } };
}

function step(value: Expression, one: PathStep, end: number): Expression {
  if (value.kind === 'path') return { ...value, steps: [...value.steps, one], range: { start: value.range.start, end } };
  const key: Expression = one.kind === 'name' ? { kind: 'literal', value: one.name, range: value.range } : one.index;
  return { kind: 'call', name: 'step', arguments: [value, key], named: [], range: { start: value.range.start, end } };
}
