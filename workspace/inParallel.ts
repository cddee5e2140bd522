/**
 * Works through a list that grows while it is worked on: `work` gives further items. At most `limit` at once; rejects with the first
 * error, after what was under way has ended.
 */
export async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<readonly T[]>): Promise<void> {
  const waiting = [...items];
  let failure: { readonly error: unknown } | undefined;
  await new Promise<void>((done) => {
    let running = 0;
    const next = (): void => {
      while (!failure && running < limit) {
        const item = waiting.pop();
        if (item === undefined) break;
        running++;
        work(item)
          .then(
            (more) => {
              for (const each of more) waiting.push(each);
            },
            (error: unknown) => {
              failure ??= { error };
            },
          )
          .finally(() => {
            running--;
            next();
          });
      }
      if (running === 0) done();
    };
    next();
  });
  if (failure) throw failure.error;
}
