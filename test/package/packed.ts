import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const repository = join(import.meta.dirname, '..', '..', '..');

/** What a registry would be given, and an empty project that has installed it; `npm run build` comes first. */
export type Packed = { readonly tarball: string; readonly project: string; readonly installed: string };

/** Its dependencies are links to ours: the registry is not asked. */
export function packed(t: { after(run: () => void): void }): Packed {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stateroot-package-')));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const pack = ['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', folder];
  execFileSync('npm', pack, { cwd: repository, env, stdio: 'pipe' });
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  const project = join(folder, 'project');
  const modules = join(project, 'node_modules');
  const installed = join(modules, 'stateroot');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  }
  return { tarball, project, installed };
}
