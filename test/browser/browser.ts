import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { type Browser, chromium } from 'playwright-core';

export type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A headless Chromium of the machine; nothing is downloaded. A text says why there is none. */
export async function openBrowser(): Promise<Browser | string> {
  const executablePath = installed();
  if (executablePath === null) return 'no chromium on PATH (STATEROOT_CHROMIUM names another place)';
  // As root in a container there is no other sandbox to be had; the page is our own.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

function installed(): string | null {
  const own = process.env['STATEROOT_CHROMIUM'];
  if (own !== undefined) return own;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = folders.flatMap((folder) => ['chromium', 'chromium-browser'].map((name) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
}
