// Column names and values that would run in a page, a spreadsheet or a template if they were not escaped.
// Run by itself it prints them as CSV, each row twice, for k = 2; with `policy`, a policy that each column fails.
import { pathToFileURL } from 'node:url';

export const names = [
  '<img src=x onerror=window.harm=1>',
  '</script><script>window.harm=2</script>',
  '=HYPERLINK("http://127.0.0.1/";"x")',
  "' autofocus onfocus='window.harm=3",
];
export const rows = [
  ['</title></style><iframe srcdoc="<script>parent.harm=4</script>">', "=cmd|' /C calc'!A0",
    '&lt;b onclick=window.harm=5&gt;', 'javascript:window.harm=6'],
  ['<a href=javascript:harm()>x</a>', '@SUM(1)', '{{7*7}}${8*8}', '-->]]><base href=http://127.0.0.1/>'],
];

const line = (cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
const csv = () => [names, ...rows, ...rows].map(line).join('\n');
// What JSON escapes in a string, TOML does as well.
const policy = () => names.map((name) => `[columns.${JSON.stringify(name)}]\nmin_count = 99\n`).join('');
if (import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(process.argv[2] === 'policy' ? policy() : csv());
