/**
 * Where a hand takes the block next to the middle of what is seen of `area`: the point to move it by, that to stretch it
 * by, and the box of the area.
 */
export function gripsOf(page, { area, head, block }) {
  return page.evaluate(
    ([areaSelector, headSelector, blockSelector]) => {
      const all = [...document.querySelectorAll(blockSelector)];
      // What was done before may have scrolled anywhere.
      all[all.length >> 1].scrollIntoView({ block: "center" });
      const { left, right, top: upper, bottom } = document.querySelector(areaSelector).getBoundingClientRect();
      const top = headSelector ? document.querySelector(headSelector).getBoundingClientRect().bottom : upper;
      const box = { left, right, top, bottom };
      const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
      const tall = all
        .map((one) => one.getBoundingClientRect())
        .filter((one) => one.height >= 24 && one.top > top && one.bottom < bottom);
      const far = (one) => Math.hypot(one.left + one.width / 2 - middle.x, one.top + one.height / 2 - middle.y);
      const nearest = tall.toSorted((one, other) => far(one) - far(other))[0];
      if (!nearest) throw new Error(`no ${blockSelector} is seen`);
      const x = nearest.left + nearest.width / 2;
      return { box, block: { x, y: nearest.top + 8 }, edge: { x, y: nearest.bottom - 3 } };
    },
    [area, head, block],
  );
}
