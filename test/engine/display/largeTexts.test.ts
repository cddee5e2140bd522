import { describe, expect, it } from 'vitest';
import { diffText } from '../../../engine/drift/display/diffText.ts';
import { seededRandom } from '../../../engine/drift/index.ts';
import type { Segment } from '../../../protocol/index.ts';
