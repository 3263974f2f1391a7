// The peer of `layanan validate`: one bare process that reads every request file and parses it, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';

const [folder] = process.argv.slice(2);
let files = 0;
for (const unit of readdirSync(folder))
  for (const name of readdirSync(`${folder}/${unit}`)) {
    load(readFileSync(`${folder}/${unit}/${name}`, 'utf8'));
    files++;
  }
console.log(files);
