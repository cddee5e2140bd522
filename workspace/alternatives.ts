/**
 * A pattern of paths without braces, once for each choice of `{a,b}`; nested ones are opened from the inside. Those that stand for too many stay as
 * they are.
 */
export function alternatives(pattern: string): readonly string[] {
  let open: readonly string[] = [pattern];
  for (;;) {
    const next = open.flatMap((one) => {
      const found = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (!found) return [one];
      const [whole, choices = ''] = found;
      return choices.split(',').map((choice) => one.slice(0, found.index) + choice + one.slice(found.index + whole.length));
    });
    if (next.length > MOST_ALTERNATIVES || next.length === open.length) return open;
    open = next;
  }
}

const MOST_ALTERNATIVES = 64;
