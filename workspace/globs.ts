import { alternatives } from './alternatives.ts';
import { fitsName, readName } from './namePattern.ts';

/**
 * Whether a root-relative path fits a glob: `*`, `?` and `[abc]` within a name, `**` over folders, `{a,b}` for either. A glob without `/` is looked for
 * in every folder, one that ends in `/` or names a folder takes all in it. Runs in time proportional to both, whatever the glob.
 */
export function fitsGlob(path: string, glob: string): boolean {
  const names = path.split('/');
  return alternatives(glob).some((one) => {
    const written = one.replace(/^\.?\//, '').replace(/\/$/, '/**');
    const steps = written.includes('/') ? written.split('/') : ['**', written];
    return fitsSteps(names, steps) || fitsSteps(names, [...steps, '**']);
  });
}

/** By rows of a table: `fits[n]` says whether the steps so far take the first n names. */
function fitsSteps(names: readonly string[], steps: readonly string[]): boolean {
  let fits = [true, ...names.map(() => false)];
  for (const step of steps) {
    const wanted = readName(step);
    const next = fits.map(() => false);
    for (let at = 0; at <= names.length; at++) {
      if (step === '**') next[at] = (fits[at] ?? false) || (at > 0 && (next[at - 1] ?? false));
      else next[at] = at > 0 && (fits[at - 1] ?? false) && fitsName(names[at - 1] ?? '', wanted);
    }
    fits = next;
  }
  return fits.at(-1) ?? false;
}
