import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { GifEncoding } from 'gifenc';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

/** Loaded as the CommonJS module it is: loaders do not agree on what its default export would be. */
const gifenc = createRequire(import.meta.url)('gifenc') as GifEncoding;

/** `width` in pixels; a still picture is shown for at most `longestFrameMs`; fewer `colours` make a smaller file. */
export interface GifOptions {
  readonly width?: number;
  readonly colours?: number;
  readonly longestFrameMs?: number;
}

/** A GIF that was written. */
export interface RecordedGif {
  readonly file: string;
  readonly frames: number;
  readonly bytes: number;
}

/**
 * Starts to record a page; the function that it gives stops that and writes an animated GIF.
 * The browser sends a frame only when something has changed; the GIF keeps their timing.
 */
export async function recordGif(page: Page, file: string, options: GifOptions = {}): Promise<() => Promise<RecordedGif>> {
  const { width = 1000, colours = 256, longestFrameMs = 1500 } = options;
  const frames: { readonly png: Buffer; readonly at: number }[] = [];
  const session = await page.context().newCDPSession(page);
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    frames.push({ png: Buffer.from(data, 'base64'), at: (metadata.timestamp ?? 0) * 1000 });
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {}); // the page may be gone
  });
  await session.send('Page.startScreencast', { format: 'png', maxWidth: width, maxHeight: width, everyNthFrame: 1 });
  return async () => {
    await session.send('Page.stopScreencast');
    // Of frames less than 60 ms apart the last stands for all.
    const kept = frames.filter(({ at }, index) => (frames[index + 1]?.at ?? Number.POSITIVE_INFINITY) - at > 60);
    const gif = gifenc.GIFEncoder();
    for (const [index, { png, at }] of kept.entries()) {
      const image = PNG.sync.read(png);
      const palette = gifenc.quantize(image.data, colours);
      const delay = Math.min(longestFrameMs, (kept[index + 1]?.at ?? at + longestFrameMs) - at);
      gif.writeFrame(gifenc.applyPalette(image.data, palette), image.width, image.height, { palette, delay });
    }
    gif.finish();
    const bytes = gif.bytes();
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
    return { file, frames: kept.length, bytes: bytes.length };
  };
}
