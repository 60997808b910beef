// Opens reports in headless Chromium as a user does: policy, requests, console, sorting, filtering, accessibility, print.
// Usage: node tests/browser/report_test.mjs DIR [--screenshots DIR]    DIR holds the reports
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { axeViolations, check, excessWidth, expect, withBrowser } from './browser.mjs';

const directory = process.argv[2];
const at = process.argv.indexOf('--screenshots');
const shots = at > 0 ? process.argv[at + 1] : null;

async function checkScripted(visit, file, name) {
  await visit(file, { viewport: { width: 1280, height: 900 }, fromDisk: true }, async ({ page, trouble, requests }) => {
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

async function checkAxe(visit, file, name, colorScheme, width) {
  const options = { viewport: { width, height: 900 }, colorScheme, bypassCSP: true, fromDisk: true };
  await visit(file, options, async ({ page }) => {
    await check(`${name}: axe, ${colorScheme}, ${width} px`, async () => {
      const found = await axeViolations(page);
      expect(found === '', found);
    });
    await check(`${name}: no sideways scrolling, ${colorScheme}, ${width} px`, async () => {
      const excess = await excessWidth(page);
      expect(excess <= 0, `${excess} px too wide`);
    });
  });
}

async function checkPlain(visit, file, name) {
  await visit(file, { javaScriptEnabled: false, fromDisk: true }, async ({ page, trouble }) => {
    await check(`${name}: readable with scripts off`, async () => {
      const text = await page.locator('main').innerText();
      expect(text.length > 500 && (await page.locator('table tbody tr').count()) > 0, 'empty');
      expect((await page.locator('h2').first().innerText()) === 'Verdict', 'the verdict is not first');
      expect(trouble.length === 0, trouble.join('; '));
    });
  });
  await visit(file, { fromDisk: true }, async ({ page }) => {
    await check(`${name}: prints`, async () => {
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.length > 10000, `${pdf.length} bytes`);
      if (shots) writeFileSync(path.join(shots, `${name}.pdf`), pdf);
    });
  });
}

async function screenshots(visit, file, name) {
  for (const [width, colorScheme] of [[1280, 'light'], [400, 'light'], [1280, 'dark']])
    await visit(file, { viewport: { width, height: 1000 }, colorScheme, fromDisk: true }, async ({ page }) => {
      for (const [i, section] of (await page.locator('header, section').all()).entries())
        await section.screenshot({ path: path.join(shots, `${name}-${width}-${colorScheme}-${i}.png`) });
    });
}

if (shots) mkdirSync(shots, { recursive: true });
await withBrowser(directory, async (visit) => {
  for (const file of readdirSync(directory).filter((each) => each.endsWith('.html'))) {
    const name = path.basename(file, '.html');
    await checkScripted(visit, file, name);
    // Colors depend on the scheme, the layout on the width: two of the four show both.
    for (const [scheme, width] of [['light', 1280], ['dark', 400]]) await checkAxe(visit, file, name, scheme, width);
    await checkPlain(visit, file, name);
    if (shots) await screenshots(visit, file, name);
  }
});
