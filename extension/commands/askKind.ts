import * as vscode from 'vscode';
import type { Comparing } from '../drift/driftSession.ts';

/** How closely two sides are held against each other, as the person picks it; undefined when the person leaves. */
export async function askKind(title: string): Promise<Comparing['kind'] | undefined> {
  const kinds = [
    { label: 'Quick', description: 'one new sample a case; makes no claim', value: 'quick' as const },
    { label: 'Drift review', description: '3 new samples a case, more for suspects; a verdict', value: 'review' as const },
  ];
  return (await vscode.window.showQuickPick(kinds, { title }))?.value;
}
