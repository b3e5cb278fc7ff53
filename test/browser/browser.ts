import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** What is used of playwright-core, which is no dependency: `NODE_PATH` says where it is. */
export type Page = {
  goto(url: string): Promise<unknown>;
  evaluate<Result>(source: string): Promise<Result>;
  screenshot(options: { path: string; fullPage?: boolean }): Promise<unknown>;
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  click(selector: string): Promise<void>;
  on(event: 'console', heard: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', heard: (error: Error) => void): void;
  on(event: 'request', heard: (request: { url(): string }) => void): void;
};

type PageOptions = {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly javaScriptEnabled?: boolean;
};

export type Browser = { newPage(options?: PageOptions): Promise<Page>; close(): Promise<void> };

type Playwright = { chromium: { launch(options: { executablePath: string; args: string[] }): Promise<Browser> } };

/** A headless Chromium; a text says why there is none. */
export async function openBrowser(): Promise<Browser | string> {
  const executablePath = chromium();
  if (executablePath === null) return 'no chromium on PATH (STATEROOT_CHROMIUM names another place)';
  const playwright = driver();
  if (playwright === null) return 'no playwright-core (NODE_PATH=<folder with it>)';
  // As root in a container there is no other sandbox to be had; the page is our own.
  return playwright.chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

function chromium(): string | null {
  const own = process.env['STATEROOT_CHROMIUM'];
  if (own !== undefined) return own;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = folders.flatMap((folder) => ['chromium', 'chromium-browser'].map((name) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
}

function driver(): Playwright | null {
  const name = 'playwright-core';
  try {
    return createRequire(import.meta.url)(name) as Playwright;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'MODULE_NOT_FOUND') return null;
    throw cause;
  }
}
