// Makes the links in every published package's README absolute, since paths of the repository are broken on npm. With `--to FOLDER`, the
// READMEs are written there, as `FOLDER/packages/core/README.md`; otherwise they are changed in place, for a release, whose working tree is
// discarded.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { project, publishedDirectories, ROOT } from './project.mjs';

const { page } = project();
const folder = process.argv[2] === '--to' ? process.argv[3] : ROOT;

/** A README with absolute links and images. */
function withWholeAddresses(text, directory) {
  const address = (target, isImage) => {
    const [, path, anchor = ''] = /^([^#]*)(#.*)?$/.exec(target);
    const inRepository = posix.join(directory, path);
    const kind = isImage ? 'raw' : statSync(join(ROOT, inRepository)).isDirectory() ? 'tree' : 'blob';
    return `${page}/${kind}/main/${posix.normalize(inRepository).replace(/\/$/, '')}${anchor}`;
  };
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part, index) =>
      // Every second part is a code block.
      index % 2 === 1
        ? part
        : part
            .replaceAll(
              /(!?)(\[(?:[^[\]]|\[[^\]]*\]\([^)]*\))*\]\()(?!\w+:|#)([^)\s]+)/g,
              (_, image, label, target) => `${image}${label}${address(target, image === '!')}`,
            )
            .replaceAll(
              /(src|href)="(?!\w+:|#)([^"]+)"/g,
              (_, name, target) => `${name}="${address(target, name === 'src')}"`,
            ),
    )
    .join('');
}

for (const directory of publishedDirectories()) {
  const file = join(directory, 'README.md');
  const to = join(folder, file);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, withWholeAddresses(readFileSync(join(ROOT, file), 'utf8'), directory));
}
