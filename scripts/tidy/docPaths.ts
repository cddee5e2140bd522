import path from 'node:path';
import { lineAt } from './maskSource.ts';
import { exists, type Problem, type Tree } from './tree.ts';

/** Made by tools or by the user's runs: named in docs, not in the repository. */
const GENERATED = ['dist', '.cache', 'node_modules', 'test-output', '.evenkeel'];

/** Files that docs may name; without one of these endings, `sandbox/extractor` is a model and `a/b` anything. */
const FILE = /\.(ts|tsx|mjs|cjs|js|json|jsonl|ya?ml|md|css|csv|svg|png|gif|sh)$/;

/** Paths that README.md and docs name, in links and in backticks, are there. */
export function docPaths(tree: Tree): readonly Problem[] {
  const folders = tree.list('.').filter((name) => name.endsWith('/'));
  return ['README.md', ...markdownIn(tree, 'docs')].flatMap((doc) => {
    const text = withoutFences(tree.read(doc) ?? '');
    const links = [...text.matchAll(/\]\(<?([^)\s>]+)>?[^)]*\)/g)]
      .filter(([, target = '']) => !/^([a-z][\w+.-]*:|#)/i.test(target))
      .map(({ index, 1: target = '' }) => ({ index, name: target, places: [path.posix.join(path.posix.dirname(doc), clean(target))] }));
    const quoted = [...text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)]
      .filter(([, name = '']) => isPath(clean(name), folders))
      .map(({ index, 1: name = '' }) => ({ index, name, places: [clean(name), path.posix.join(path.posix.dirname(doc), clean(name))] }));
    return [...links, ...quoted]
      .filter(({ places }) => !places.some((place) => GENERATED.includes(place.split('/')[0] ?? '') || exists(tree, place)))
      .map(({ index, name }) => ({ file: doc, line: lineAt(text, index), message: `${name} does not exist` }));
  });
}

/** A word in backticks that names a file or folder of the repository: it starts with one of its folders, and is no pattern. */
function isPath(name: string, folders: readonly string[]): boolean {
  if (/[\s*<>{}$…|=@(),]/.test(name) || !folders.includes(`${name.split('/')[0]}/`) || !name.includes('/')) return false;
  return FILE.test(name) || name.endsWith('/') || !name.startsWith('sandbox/');
}

function clean(name: string): string {
  return decoded(name)
    .replace(/[#?].*$/, '')
    .replace(/:\d+(:\d+)?$/, '');
}

/** Code in backticks, such as `{% for %}`, is no address. */
function decoded(name: string): string {
  try {
    return decodeURI(name);
  } catch {
    return name;
  }
}

function markdownIn(tree: Tree, folder: string): readonly string[] {
  return tree.list(folder).flatMap((name) => {
    if (name.endsWith('/')) return markdownIn(tree, `${folder}/${name.slice(0, -1)}`);
    return name.endsWith('.md') ? [`${folder}/${name}`] : [];
  });
}

/** Code blocks blanked out, lines kept. */
function withoutFences(text: string): string {
  return text.replace(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^ *\2[^\n]*$/gm, (block) => block.replace(/[^\n]/g, ' '));
}
