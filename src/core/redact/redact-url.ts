/**
 * Which service it is, and nothing else: user, path and query go, and the first labels of a host, which are the key of some
 * providers. `https://….quiknode.pro/…`
 */
export function redactUrl(url: string): string {
  const [, scheme = '', rest = ''] = /^([a-z0-9+.-]+:\/\/)([\s\S]*)$/i.exec(url) ?? [];
  // A password may hold any character: what counts is the last @.
  const place = rest.slice(rest.lastIndexOf('@') + 1);
  const [authority = ''] = place.split(/[/?#]/);
  return `${scheme}${shownHost(authority)}${place === authority && place === rest ? '' : '/…'}`;
}

function shownHost(authority: string): string {
  const host = authority.replace(/:\d+$/, '');
  if (/^[\d.]+$|[[\]:]/.test(host)) return '[address]';
  const labels = host.split('.');
  const own = labels.slice(-2).join('.');
  return labels.length > 2 ? `….${own}` : own;
}
