const TIME = /^(\d{4})-(\d{2})-(\d{2})t(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/;

/** `date-time` as kube-openapi `pkg/validation/strfmt/time.go` takes it: any case, any character before a fraction, no leap seconds. */
export function isDateTime(text: string): boolean {
  const [, year, month, day, hour = '', minute = '', second = ''] = TIME.exec(text.toLowerCase()) ?? [];
  if (year === undefined || hour > '23' || minute > '59' || second > '59') return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
