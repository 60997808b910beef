// Opens reports in headless Chromium: policy, network, console, sorting, filtering, accessibility, print.
// Usage: node tests/browser/report_test.mjs REPORT.html... [--screenshots DIR]
// Needs playwright-core and axe-core (npm) beside the working directory and Chromium; scripts/test_report.sh
// brings both. The last line reads `N passed, N failed`.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.join(process.cwd(), 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const at = process.argv.indexOf('--screenshots');
const shots = at > 0 ? process.argv[at + 1] : null;
const reports = process.argv.slice(2, at > 0 ? at : undefined);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
let passed = 0;
let failed = 0;

async function check(name, body) {
  try {
    await body();
    ++passed;
    console.log(`ok   ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}
function expect(condition, message) {
  if (!condition) throw new Error(message);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
async function open(options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble = [];
  const requests = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => { trouble.push('dialog'); dialog.dismiss(); });
  page.on('request', (request) => requests.push(request.url()));
  return { context, page, trouble, requests };
}

async function visit(file, options, body) {
  const session = await open(options);
  try {
    await session.page.goto(pathToFileURL(path.resolve(file)).href);
    await body(session);
  } finally {
    await session.context.close();
  }
}

async function checkScripted(file, name) {
  await visit(file, { viewport: { width: 1280, height: 900 } }, async ({ page, trouble, requests }) => {
    await check(`${name}: nothing is requested but the page`, () =>
      expect(requests.every((url) => url.startsWith('file:') || url === 'data:,') && requests.length <= 2, requests.join(' ')));
    await check(`${name}: no console error, no policy violation, no dialog`, () => expect(trouble.length === 0, trouble.join('; ')));
    await check(`${name}: the policy is in force`, async () => {
      const blocked = await page.evaluate(() => new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', () => resolve(true));
        const script = document.createElement('script');
        script.textContent = 'window.isBroken = true';
        document.body.append(script);
        setTimeout(() => resolve(false), 500);
      }));
      expect(blocked && !(await page.evaluate(() => window.isBroken)), 'a foreign inline script ran');
    });
    await checkTables(page, name);
    await checkWalk(page, name);
  });
}

async function checkTables(page, name) {
  const tables = await page.locator('table.sortable').count();
  if (tables === 0) return;
  await check(`${name}: numbers sort both ways`, async () => {
    const table = page.locator('table.sortable').first();
    const heads = await table.locator('th').evaluateAll((all) => all.map((head) => head.classList.contains('number')));
    const column = heads.lastIndexOf(true);
    const keys = () => table.locator('tbody tr').evaluateAll((rows, c) => rows.map((row) => Number(row.cells[c].dataset.key ?? row.cells[c].textContent)), column);
    const button = table.locator('th button').nth(column);
    await button.click();
    const up = await keys();
    expect(up.every((key, i) => i === 0 || key >= up[i - 1]), `not ascending: ${up}`);
    expect((await table.locator('th').nth(column).getAttribute('aria-sort')) === 'ascending', 'aria-sort');
    await button.click();
    const down = await keys();
    expect(down.every((key, i) => i === 0 || key <= down[i - 1]), `not descending: ${down}`);
  });
  await check(`${name}: the filter shows the rows with every word`, async () => {
    const table = page.locator('table.sortable').first();
    const word = (await table.locator('tbody tr td').first().innerText()).split(' ')[0];
    await page.locator('.filter input').first().fill(word);
    const shown = await table.locator('tbody tr:visible').evaluateAll((rows) => rows.map((row) => row.textContent));
    expect(shown.length > 0 && shown.every((text) => text.toLowerCase().includes(word.toLowerCase())), shown.join('|'));
    await page.locator('.filter input').first().fill('no such words anywhere');
    expect((await table.locator('tbody tr:visible').count()) === 0, 'rows remain');
  });
}

async function checkWalk(page, name) {
  if ((await page.locator('#walk').count()) === 0) return;
  await check(`${name}: two steps on the lattice and back`, async () => {
    const output = page.locator('#walk output');
    const start = await output.innerText();
    for (const distance of ['1 step from', '2 steps from']) {
      const buttons = page.locator('#walk li button:enabled');
      const texts = await buttons.allInnerTexts();
      const next = distance.startsWith('1') ? 0 : texts.length - 1;
      await buttons.nth(next).click();
      const text = await output.innerText();
      const loss = /loss ([0-9.]+)/.exec(texts[next])[1];
      expect(text.startsWith(distance) && Math.abs(Number(/Loss: ([0-9.]+)/.exec(text)[1]) - loss) < 1e-4, `${texts[next]} led to ${text}`);
      expect((await page.locator('#nodes tr.here td').first().innerText()) === distance.replace(' from', ''), 'the row is not marked');
    }
    await page.locator('#walk .back').click();
    expect((await output.innerText()) === start, 'not back');
  });
}

async function checkAxe(file, name, colorScheme, width) {
  await visit(file, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, async ({ page }) => {
    await check(`${name}: axe, ${colorScheme}, ${width} px`, async () => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
      expect(serious.length === 0, JSON.stringify(serious.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)])));
    });
    await check(`${name}: no sideways scrolling, ${colorScheme}, ${width} px`, async () => {
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(excess <= 0, `${excess} px too wide`);
    });
  });
}

async function checkPlain(file, name) {
  await visit(file, { javaScriptEnabled: false }, async ({ page, trouble }) => {
    await check(`${name}: readable with scripts off`, async () => {
      const text = await page.locator('main').innerText();
      expect(text.length > 500 && (await page.locator('table tbody tr').count()) > 0, 'empty');
      expect((await page.locator('h2').first().innerText()) === 'Verdict', 'the verdict is not first');
      expect(trouble.length === 0, trouble.join('; '));
    });
  });
  await visit(file, {}, async ({ page }) => {
    await check(`${name}: prints`, async () => {
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.length > 10000, `${pdf.length} bytes`);
      if (shots) writeFileSync(path.join(shots, `${name}.pdf`), pdf);
    });
  });
}

async function screenshots(file, name) {
  for (const [width, colorScheme] of [[1280, 'light'], [400, 'light'], [1280, 'dark']])
    await visit(file, { viewport: { width, height: 1000 }, colorScheme }, async ({ page }) => {
      for (const [i, section] of (await page.locator('header, section').all()).entries())
        await section.screenshot({ path: path.join(shots, `${name}-${width}-${colorScheme}-${i}.png`) });
    });
}

if (shots) mkdirSync(shots, { recursive: true });
try {
  for (const file of reports) {
    const name = path.basename(file, '.html');
    await checkScripted(file, name);
    // Colors depend on the scheme, the layout on the width: two of the four show both.
    for (const [scheme, width] of [['light', 1280], ['dark', 400]]) await checkAxe(file, name, scheme, width);
    await checkPlain(file, name);
    if (shots) await screenshots(file, name);
  }
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
