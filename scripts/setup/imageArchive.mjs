import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from './command.mjs';

const AGAIN = 'Check that the disk is not full and run the command again.';

/**
 * @typedef {object} Image
 * @property {string} name with registry and tag
 * @property {string} [root] a folder with a root file system; images with the same one share it
 * @property {readonly { path: string, from?: string, text?: string }[]} files programs and scripts above it
 * @property {readonly string[]} [entrypoint]
 */

/**
 * Writes images into one archive, as the Open Container Initiative's image layout has it. Every name gets a configuration
 * of its own, and with it an id of its own: a pod's status says an image's id, and two names of one would be confused.
 * @param {string} file the archive
 * @param {string} scratch a folder for its parts; removed at the end
 * @param {readonly Image[]} images
 */
export async function writeImageArchive(file, scratch, images) {
  const blobs = path.join(scratch, 'layout', 'blobs', 'sha256');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(blobs, { recursive: true });
  /** @type {Map<string, Promise<Blob>>} */
  const roots = new Map();
  const manifests = [];
  for (const image of images) {
    const layers = [];
    if (image.root !== undefined) {
      const layer = roots.get(image.root) ?? layerOf(image.root);
      roots.set(image.root, layer);
      layers.push(await layer);
    }
    if (image.files.length > 0) layers.push(await layerOf(fileTree(image.files)));
    const config = await jsonBlob({
      architecture: 'amd64',
      os: 'linux',
      config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Labels: { name: image.name }, ...(image.entrypoint && { Entrypoint: image.entrypoint }) },
      rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    });
    const manifest = await jsonBlob({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: layers.map((layer) => ({ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer })),
    });
    manifests.push({ mediaType: 'application/vnd.oci.image.manifest.v1+json', ...manifest, annotations: { 'io.containerd.image.name': image.name } });
  }
  writeFileSync(path.join(scratch, 'layout', 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  writeFileSync(path.join(scratch, 'layout', 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  await mustRun('The images could not be packed', AGAIN, 'tar', ['--create', '--file', file, '--directory', path.join(scratch, 'layout'), '.']);
  rmSync(scratch, { recursive: true });

  /** @typedef {{ digest: string, size: number }} Blob */

  /** @param {string} folder @returns {Promise<Blob>} */
  async function layerOf(folder) {
    const draft = path.join(scratch, 'layer.tar');
    await mustRun('A layer of the images could not be packed', AGAIN, 'tar', ['--create', '--numeric-owner', '--sort=name', '--mtime=@0', '--file', draft, '--directory', folder, '.']);
    return keep(draft);
  }

  /** @param {object} value @returns {Promise<Blob>} */
  async function jsonBlob(value) {
    const draft = path.join(scratch, 'blob.json');
    writeFileSync(draft, JSON.stringify(value));
    return keep(draft);
  }

  /** @param {string} draft @returns {Promise<Blob>} */
  async function keep(draft) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(draft)) hash.update(chunk);
    const hex = hash.digest('hex');
    const { size } = statSync(draft);
    renameSync(draft, path.join(blobs, hex));
    return { digest: `sha256:${hex}`, size };
  }

  /** @param {Image['files']} files */
  function fileTree(files) {
    const folder = path.join(scratch, 'files');
    rmSync(folder, { recursive: true, force: true });
    for (const each of files) {
      const to = path.join(folder, each.path);
      mkdirSync(path.dirname(to), { recursive: true });
      if (each.from !== undefined) copyFileSync(each.from, to);
      else writeFileSync(to, each.text ?? '', { mode: 0o755 });
    }
    return folder;
  }
}
