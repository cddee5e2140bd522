import * as vscode from 'vscode';
import type { SideRef } from '../../protocol/index.ts';
import type { Comparing } from '../drift/driftSession.ts';
import { isRun, leftChoices, modelChoices, rightChoices, type SideChoice, type SideFacts } from '../drift/sideChoices.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { askKind } from './askKind.ts';
import { driftSessionOf } from './driftTarget.ts';
import { pointsOf } from './pointsOf.ts';

/** Compares any two sides that the person picks: baselines, the working copy with any model, git revisions, stored runs. */
export function compareWith(services: Services): Command {
  return {
    id: COMMANDS.compareWith,
    async execute(argument) {
      const session = await driftSessionOf(services, argument, TITLE);
      if (!session) return;
      const { root, promptId } = session.prompt;
      const [baselines, runs, points] = await Promise.all([
        services.engine.request('baselines', { root, promptId }),
        services.engine.request('runs', { root, promptId }),
        pointsOf(services, { root, promptId }),
      ]);
      const comparing = await askSides({ baselines, runs, points });
      if (!comparing) return;
      services.drift.panels.show(session);
      await session.compare(comparing);
    },
  };
}

const TITLE = 'Compare with…';

async function askSides(facts: SideFacts): Promise<Comparing | undefined> {
  const baseline = await askSide(leftChoices(facts), 'What is held against it? First the side that counts as before', facts);
  const candidate = baseline && (await askSide(rightChoices(facts), 'And the side that counts as after?', facts));
  if (!candidate) return undefined;
  // Stored answers cost nothing: they are tested as far as there are enough of them.
  const kind = isRun(candidate) || isRun(baseline) ? await askKind(TITLE) : 'review';
  return kind && { kind, baseline, candidate };
}

async function askSide(choices: readonly SideChoice[], placeHolder: string, facts: SideFacts): Promise<SideRef | undefined> {
  const picked = await vscode.window.showQuickPick(choices, { title: TITLE, placeHolder, matchOnDescription: true });
  if (picked?.ask === 'git') {
    const ref = (await vscode.window.showInputBox({ title: TITLE, prompt: 'A branch, a tag or a commit', placeHolder: 'main~3' }))?.trim();
    return ref ? { kind: 'git', ref } : undefined;
  }
  if (picked?.ask === 'model') {
    const model = await askModel(modelChoices(facts));
    return model ? { kind: 'workingCopy', model } : undefined;
  }
  return picked?.side;
}

async function askModel(known: readonly string[]): Promise<string | undefined> {
  const other = 'Another model…';
  const picked = known.length ? await vscode.window.showQuickPick([...known, other], { title: TITLE, placeHolder: 'Which model?' }) : other;
  if (picked !== other) return picked;
  const prompt = 'provider/model, as a prompt file writes it';
  return (await vscode.window.showInputBox({ title: TITLE, prompt, placeHolder: 'openai/gpt-4.1-mini' }))?.trim();
}
