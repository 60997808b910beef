// Lints the gate's Markdown summary and renders it as GitHub does: only its own elements, no markup of a payload.
// Usage: node tests/gate/markdown_test.mjs SUMMARY.md    Needs markdownlint (npm) beside the working directory, cmark-gfm
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { lint } = await import(pathToFileURL(path.resolve('node_modules/markdownlint/lib/exports-sync.mjs')).href);
const file = process.argv[2];

// A table's rows are as long as they are, and a summary is a part of somebody's page.
const config = { MD013: false, MD041: false };
const findings = lint({ files: [file], config })[file];
assert.deepEqual(findings.map(({ lineNumber, ruleNames, errorContext }) => [lineNumber, ruleNames[0], errorContext]), []);

// Raw HTML stays in, so that it would show here.
const html = execFileSync('cmark-gfm', ['--unsafe', '-e', 'table', '-e', 'autolink', '-e', 'strikethrough', file],
  { encoding: 'utf8' });
const OWN = new Set(['h2', 'p', 'br', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'strong', 'a']);
const strange = [...html.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, name]) => name).filter((name) => !OWN.has(name));
assert.deepEqual(strange, []);
for (const [, href, text] of html.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)) assert.equal(text, href);

const rules = readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('| ')).length - 2;
assert.ok(rules > 0, 'no rule');
assert.equal(html.match(/<tr>/g).length, rules + 1);
assert.equal(html.match(/<td>/g).length, 4 * rules, 'a cell ended early');
