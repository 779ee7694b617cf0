import type { LintReport } from './formats';

/** One test case a file; each finding is a failure of it. */
export function formatJunit({ files, findings }: LintReport): string {
  const cases = files.map((file) => {
    const failures = findings.filter((finding) => finding.file === file);
    const inner = failures.map(({ line, column, rule, severity, message }) => `      <failure type="${attribute(rule)}" message="${attribute(message)}">${text(`${file}:${line}:${column}: ${severity}: ${message}`)}</failure>\n`);
    return `    <testcase classname="kubeblocks-backup" name="${attribute(file)}"${inner.length === 0 ? '/>' : `>\n${inner.join('')}    </testcase>`}\n`;
  });
  const failed = new Set(findings.map(({ file }) => file)).size;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="kubeblocks-backup lint" tests="${files.length}" failures="${failed}" errors="0">\n${cases.join('')}  </testsuite>\n</testsuites>\n`;
}

/** XML 1.0 has no way to write the other control characters. */
function text(value: string): string {
  return value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;').replaceAll('\r', '&#13;');
}
