import assert from 'node:assert/strict';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/**
 * A picture of a screen with its 256 weightiest colours, the others replaced by the nearest: a third of the size, since
 * pictures of a screen have few colours but for the edges of letters. Takes what a browser writes: 8 bits, no interlace,
 * nothing transparent.
 */
export function palettedPng(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const counts = new Map<number, number>();
  pixels.forEach((colour) => counts.set(colour, (counts.get(colour) ?? 0) + 1));
  const weight = ([colour, count]: readonly [number, number]): number => count * (8 + chroma(colour));
  const palette = [...counts].sort((a, b) => weight(b) - weight(a)).slice(0, COLOURS).map(([colour]) => colour);
  const index = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc((width + 1) * height);
  pixels.forEach((colour, at) => (rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index.get(colour) ?? 0));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', table), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function decode(png: Buffer): { readonly width: number; readonly height: number; readonly pixels: Uint32Array } {
  const parts = chunksOf(png);
  const header = parts.find(({ type }) => type === 'IHDR')?.data;
  assert.ok(header && header[8] === 8 && header[12] === 0, 'a PNG of 8 bits without interlace');
  const [width, height, bytes] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3];
  const raw = inflateSync(Buffer.concat(parts.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const stride = width * bytes;
  const lines = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) unfilter(raw.subarray(y * (stride + 1), (y + 1) * (stride + 1)), lines, y, stride, bytes);
  const pixels = new Uint32Array(width * height);
  pixels.forEach((_, at) => (pixels[at] = lines.readUIntBE(at * bytes, 3)));
  return { width, height, pixels };
}

function chunksOf(png: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** PNG, 9: each byte was written as its difference from what its neighbours to the left and above foretell. */
function unfilter(line: Buffer, lines: Buffer, y: number, stride: number, bytes: number): void {
  const at = y * stride;
  for (let x = 0; x < stride; x++) {
    const left = x < bytes ? 0 : (lines[at + x - bytes] ?? 0);
    const up = y === 0 ? 0 : (lines[at + x - stride] ?? 0);
    const corner = x < bytes || y === 0 ? 0 : (lines[at + x - stride - bytes] ?? 0);
    const foretold = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][line[0] ?? 0] ?? 0;
    lines[at + x] = ((line[x + 1] ?? 0) + foretold) & 255;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** How far from grey: icons are small, and told apart by it. */
function chroma(colour: number): number {
  const parts = [colour >> 16, (colour >> 8) & 255, colour & 255];
  return Math.max(...parts) - Math.min(...parts);
}

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Infinity];
  palette.forEach((other, index) => {
    const distance = [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
