/** Where Go's decoder finds that a text is no base64, in bytes from its beginning; undefined where it is. */
export function base64Fault(text: string): number | undefined {
  const bare = text.replace(/[\r\n]/g, '');
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(bare)) return undefined;
  const [good = ''] = /^[A-Za-z0-9+/]*/.exec(bare) ?? [];
  return good.length < bare.length ? good.length : good.length - (good.length % 4);
}
