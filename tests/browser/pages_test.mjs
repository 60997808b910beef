// Opens pages of every kind of run in one headless Chromium: what each must say, with scripts on, off and in print.
// Usage: node tests/browser/pages_test.mjs DIR    DIR holds the pages that scripts/test_report.sh makes
import path from 'node:path';
import { axeViolations, check, excessWidth, expect, printedText, withBrowser } from './browser.mjs';
import { names, rows } from './payloads.mjs';

const payloads = [...names, ...rows.flat()];
const WIDE = { viewport: { width: 1280, height: 900 } };
const NARROW = { viewport: { width: 400, height: 900 }, colorScheme: 'dark', bypassCSP: true };

const PAGES = {
  'local-external.html': { says: ['k = 11 is reached', 'External form', 'Countries'], never: ['Private form'] },
  'policy-failed.html': {
    says: ['Policy strict-0.09 is not met', 'Cheapest fix', '--k 12', 'Private form'], never: ['External form'] },
  'no-release.html': { says: ['No release', 'Unsafe combinations', 'Private form'], never: ['k = 11 is reached'] },
  'no-release-external.html': { says: ['No release', 'External form'], never: ['Unsafe combinations', '40'] },
  'payloads.html': { says: ['k = 2 is reached', 'Private form'], never: [], shows: payloads },
  'payloads-external.html': { says: ['k = 2 is reached', 'External form'], never: [], shows: payloads },
};

const words = (text) => text.replace(/\s+/g, ' ');
const textOf = async (page) => words(await page.locator('body').innerText());
const headings = (page) => page.locator('h1, h2').allInnerTexts();

function expectWords(text, { says, never, shows = [] }) {
  for (const wanted of [...says, ...shows.map(words)]) expect(text.includes(wanted), `"${wanted}" is missing`);
  for (const unwanted of never) expect(!text.includes(unwanted), `"${unwanted}" is there`);
}

/** Elements that no page of ours has: one is there when a name or a value was taken for markup. */
const strangers = (page) => page.evaluate(() => {
  const never = 'img,iframe,object,embed,base,form,meta[http-equiv=refresh],script[src],a:not([href^="#"])';
  const handlers = Array.from(document.querySelectorAll('*')).filter((element) =>
    Array.from(element.attributes).some(({ name, value }) => name.startsWith('on') || /^javascript:/i.test(value)));
  return [...document.querySelectorAll(never), ...handlers].map((element) => element.outerHTML.slice(0, 80));
});

async function checkScripted(visit, file, wanted) {
  await visit(file, WIDE, async ({ page, trouble, asked }) => {
    await check(`${file}: the page is all that is asked for`, () => expect(asked.join(' ') === `/${file}`, asked.join(' ')));
    await check(`${file}: no console error, no policy violation, no dialog`, () =>
      expect(trouble.length === 0, trouble.join('; ')));
    await check(`${file}: says what it must`, async () => expectWords(await textOf(page), wanted));
  });
}

/** Without its policy in force only the escaping keeps a payload from running. */
async function checkUnguarded(visit, file) {
  await visit(file, { ...WIDE, bypassCSP: true }, async ({ page, trouble, asked }) => {
    await check(`${file}: nothing in it is taken for markup or run`, async () => {
      for (const input of await page.locator('.filter input').all()) await input.fill('e');
      for (const button of await page.locator('th button').all()) await button.click();
      expect((await strangers(page)).length === 0, (await strangers(page)).join(' '));
      expect(await page.evaluate(() => window.harm === undefined), 'a payload ran');
      expect((await page.locator('script').count()) === 1 && (await page.locator('style').count()) === 1, 'scripts or styles');
      expect(trouble.length === 0 && asked.length === 1, [...trouble, ...asked].join('; '));
    });
    await check(`${file}: axe, light, 1280 px`, async () => {
      const found = await axeViolations(page);
      expect(found === '', found);
    });
  });
  await visit(file, NARROW, async ({ page }) => {
    await check(`${file}: axe and no sideways scrolling, dark, 400 px`, async () => {
      const found = await axeViolations(page);
      expect(found === '', found);
      const excess = await excessWidth(page);
      expect(excess <= 0, `${excess} px too wide`);
    });
  });
}

async function checkPlain(visit, file, wanted) {
  let scripted = [];
  await visit(file, WIDE, async ({ page }) => {
    scripted = await headings(page);
    await check(`${file}: prints what it says`, async () => {
      const text = await printedText(page, path.join(directory, `${path.basename(file, '.html')}.pdf`));
      expectWords(text, { says: [...wanted.says, ...scripted], never: wanted.never });
      expect(!text.includes('Show rows with'), 'the filter is printed');
    });
  });
  await visit(file, { ...WIDE, javaScriptEnabled: false }, async ({ page, trouble, asked }) => {
    await check(`${file}: says the same with scripts off`, async () => {
      expectWords(await textOf(page), wanted);
      expect((await headings(page)).join() === scripted.join() && scripted.length > 2, 'other sections');
      expect((await page.locator('table tbody tr').count()) > 0, 'no table');
      expect(trouble.length === 0 && asked.length === 1, [...trouble, ...asked].join('; '));
    });
  });
}

const directory = process.argv[2];
await withBrowser(directory, async (visit) => {
  for (const [file, wanted] of Object.entries(PAGES)) {
    await checkScripted(visit, file, wanted);
    await checkUnguarded(visit, file);
    await checkPlain(visit, file, wanted);
  }
});
