// Runs before the first paint; src/shell/theme.ts writes what is read here.
try {
  const theme = localStorage.getItem("beq.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme it is then.
}
