// node scripts/styles.mjs ENTRY.css OUT.css: one style sheet from its parts, lowered to the oldest browsers we serve.
import { writeFileSync } from 'node:fs';
import { bundle } from 'lightningcss';

const [entry, out] = process.argv.slice(2);
const targets = { chrome: 100 << 16, firefox: 115 << 16 };
const { code, warnings } = bundle({ filename: entry, targets, minify: true });
for (const warning of warnings) console.warn(`${warning.loc.filename}:${warning.loc.line}: ${warning.message}`);
writeFileSync(out, code);
