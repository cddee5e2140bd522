import * as z from 'zod';
import { parseSemver } from './semver.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.int().min(0);
const share = z.number().min(0).max(1);

const testedSchema = z.object({
  model: z.string().min(1),
  dataset: z.string().optional(),
  cases: count,
  passed: count,
  scored: count,
  interval: z.object({ low: share, high: share }).optional(),
  run: z.string(),
  how: z.enum(['eval', 'review']),
  date: day,
});

/** One release as a lock file has it. Fields of others are let be: the seal tells that somebody put them there. */
export const releaseSchema = z.object({
  prompt: z.string().optional(),
  version: z.string().refine((text) => parseSemver(text) !== undefined, 'is no semantic version such as 1.4.0'),
  fingerprint: z.string().min(1),
  parts: z.object({ messages: z.string(), tools: z.string(), output: z.string(), parameters: z.string() }),
  files: z.record(z.string(), hash),
  released: day,
  tested: z.array(testedSchema),
  seal: z.string().optional(),
});

/** A whole lock file, without its releases. */
export const lockSchema = z.object({ formatVersion: z.int().min(1), releases: z.array(z.unknown()) });
