/** Longest line taken (bytes): an object is at most 1.5 MB in etcd, its JSON a few times that. */
const LONGEST = 32 * 1024 * 1024;
const NEWLINE = 0x0a;

/** The lines of a byte stream. What follows the last newline is dropped: it was cut. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = Buffer.concat([...pending, chunk.subarray(start, end)]).toString('utf8');
      pending = [];
      size = 0;
      start = end + 1;
      if (line.trim() !== '') {
        yield line;
      }
    }
    pending.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > LONGEST) {
      throw Object.assign(new Error('A line of the watch is too long.'), { code: 'ETOOBIG' });
    }
  }
}
