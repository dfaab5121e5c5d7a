export function times(number) {
  return `${number.toFixed(number < 10 ? 1 : 0)} ×`;
}

export function nanos(number) {
  return number < 100 ? number.toFixed(1) : count(number);
}

export function count(number) {
  return Math.round(number).toLocaleString("en");
}
