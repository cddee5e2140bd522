import { alternatives } from './alternatives.ts';

/**
 * Whether a root-relative path fits a glob: `*` and `?` within a name, `**` over folders, `{a,b}` for either. A glob without `/` is looked for
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
    const next = fits.map(() => false);
    for (let at = 0; at <= names.length; at++) {
      if (step === '**') next[at] = (fits[at] ?? false) || (at > 0 && (next[at - 1] ?? false));
      else next[at] = at > 0 && (fits[at - 1] ?? false) && fitsName(names[at - 1] ?? '', step);
    }
    fits = next;
  }
  return fits.at(-1) ?? false;
}

function fitsName(name: string, pattern: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let step = 0;
  while (at < name.length) {
    const wanted = pattern.charAt(step);
    if (wanted === '*') {
      star = step++;
      resume = at;
    } else if (wanted === '?' || (wanted !== '' && wanted === name.charAt(at))) {
      at++;
      step++;
    } else if (star >= 0) {
      step = star + 1;
      at = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(step));
}
