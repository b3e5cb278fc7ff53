import { compareText } from '../../core/equal.js';
import type { Setting } from '../../ports/checkout.js';

/** What changes how git treats state files. Remotes, credentials, identities and URLs are not among it. */
const telling =
  /^(?:core\.(?:autocrlf|eol|safecrlf|filemode|ignorecase|symlinks|precomposeunicode|fsync|fsyncmethod|bare|worktree|hookspath|fsmonitor|sparsecheckout|splitindex|untrackedcache)|extensions\.[a-z]+|merge\.(?:stateroot\..+|conflictstyle|renames|directoryrenames|ff)|diff\.(?:stateroot\..+|renames|algorithm|external)|stateroot\..+|commit\.gpgsign|gpg\.format|pull\.(?:rebase|ff)|push\.default|rerere\.[a-z]+|index\.[a-z]+|feature\.[a-z]+|rebase\.[a-z]+)$/;

export type ShownSetting = { readonly setting: string; readonly scope: string; readonly value: string };

/** The settings that matter here, by name; a later one of the same name wins in git, so the order among them stays. */
export function tellingSettings(settings: readonly Setting[]): ShownSetting[] {
  return settings
    .filter(({ key }) => telling.test(key))
    .map(({ key, scope, value }) => ({ setting: key, scope, value: shownValue(value) }))
    .sort((a, b) => compareText(a.setting, b.setting));
}

/** Never a part of it: half a secret is not recognized any more. */
function shownValue(value: string): string {
  return value.length <= 100 && !value.includes('\n') ? value : `(${value.length} characters)`;
}
