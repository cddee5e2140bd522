import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../engine/index.ts';
import type { ComparisonPlace } from '../protocol/index.ts';
import { TRUSTED, UserError } from '../safety/index.ts';
import { writeAtomic } from '../workspace/index.ts';

/** The report files of one command line. */
export interface ReportFiles {
  /** Writes a comparison to every file asked for; gives the names it wrote, as they were asked for. */
  readonly add: (engine: Engine, place: ComparisonPlace, promptId: string) => Promise<readonly string[]>;
}

/**
 * Report files as `--report` names them. Markdown of several prompts goes into one file, one after the other; JSON of several into a file each,
 * with the prompt's id before the ending, because a JSON report is one comparison. Throws UserError('usage') before anything is paid for where
 * a name is no report's or its folder is not there.
 */
export async function openReportFiles(names: readonly string[], cwd: string, several: boolean): Promise<ReportFiles> {
  for (const name of names) await requireWritable(name, cwd);
  const sections: string[] = [];
  const write = async (name: string, text: string): Promise<string> => {
    const file = path.resolve(cwd, name);
    await writeAtomic({ root: path.dirname(file), capabilities: TRUSTED }, path.basename(file), text);
    return name;
  };
  return {
    add: async (engine, place, promptId) => {
      const written: string[] = [];
      if (names.some(isMarkdown)) sections.push((await engine.exportReport({ ...place, format: 'markdown' })).text);
      for (const name of names) {
        if (isMarkdown(name)) written.push(await write(name, sections.join('\n\n---\n\n')));
        else
          written.push(
            await write(several ? ofPrompt(name, promptId) : name, (await engine.exportReport({ ...place, format: 'json' })).text),
          );
      }
      return written;
    },
  };
}

async function requireWritable(name: string, cwd: string): Promise<void> {
  if (!/\.(json|md)$/i.test(name)) throw new UserError('usage', `--report wants a file that ends in .json or .md, not “${name}”.`);
  const folder = path.dirname(path.resolve(cwd, name));
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new UserError('usage', `There is no folder for the report ${name}. Create ${path.dirname(name)} first.`);
}

function isMarkdown(name: string): boolean {
  return name.toLowerCase().endsWith('.md');
}

/** `drift.prompts%2Ftriage.prompt.yml.json`. */
function ofPrompt(name: string, promptId: string): string {
  const ending = path.extname(name);
  const safe = promptId
    .replace(/[^A-Za-z0-9._-]/gu, encodeURIComponent)
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `${name.slice(0, -ending.length)}.${safe}${ending}`;
}
