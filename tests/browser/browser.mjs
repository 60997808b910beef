// Drives one headless Chromium over served pages: what a test says, what a page asked for, what axe and print find.
// Needs playwright-core and axe-core (npm) beside the working directory and Chromium; CHROMIUM names another one.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.join(process.cwd(), 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
let passed = 0;
let failed = 0;

export async function check(name, body) {
  try {
    await body();
    ++passed;
    console.log(`ok   ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** Serves the files of `directory` on this machine; what was asked for is in `asked`, the browser's own wishes too. */
async function serve(directory) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    try {
      const body = readFileSync(path.join(directory, path.basename(request.url)));
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { asked, directory: path.resolve(directory), origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/**
 * Runs `tests` with visit(file, options, body), prints the count and sets the exit code. A page comes from a server on
 * this machine, or with the option fromDisk as a user opens it.
 */
export async function withBrowser(directory, tests) {
  const server = await serve(directory);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
  try {
    await tests((file, options, body) => visit(browser, server, file, options, body));
  } finally {
    await browser.close();
    server.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function visit(browser, server, file, { fromDisk = false, ...options }, body) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const trouble = [];
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => { trouble.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
    page.on('popup', () => trouble.push('popup'));
    server.asked.length = 0;
    const url = fromDisk ? pathToFileURL(path.join(server.directory, file)).href : `${server.origin}/${file}`;
    await page.goto(url);
    await body({ page, trouble, url, requests, asked: server.asked });
  } finally {
    await context.close();
  }
}

/** Serious and critical violations, as one text; the page must have been opened with bypassCSP. */
export async function axeViolations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' ')}`).join('; ');
}

/** By how many pixels the page is wider than its window. */
export const excessWidth = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** The words of the page as it prints on A4, by poppler. */
export async function printedText(page, file) {
  writeFileSync(file, await page.pdf({ format: 'A4' }));
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
}
