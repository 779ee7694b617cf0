export interface PageSources {
  readonly script: string;
  readonly style: string;
  /** Where the style comes from, as a content security policy says it. */
  readonly origin: string;
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
}

/** The frame of the page: nothing of a cluster is in it, and nothing from elsewhere runs in it. */
export function timelineHtml({ script, style, origin, nonce, language, title }: PageSources): string {
  const policy = `default-src 'none'; style-src ${origin}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body>
<main id="timeline"></main>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
