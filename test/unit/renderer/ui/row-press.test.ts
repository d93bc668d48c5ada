import { expect, it } from 'vitest';
import { RowPress } from '../../../../renderer/ui/row-press.ts';

function pressed(...clicks: readonly (readonly [down: string, up: string])[]) {
  const press = new RowPress();
  const meant = clicks.map(([down, up], at) => {
    press.begin(down);
    return press.isClick(up, at + 1);
  });
  return { press, meant };
}

it('is a click on the row that was pressed, and on none that came under the pointer since', () => {
  expect(pressed(['web', 'web'], ['web', 'mail']).meant).toEqual([true, false]);
});

it('is a double click only where both were on one row', () => {
  const same = pressed(['web', 'web'], ['web', 'web']).press;
  const moved = pressed(['web', 'web'], ['mail', 'mail']).press;
  const late = pressed(['web', 'web'], ['web', 'mail']).press;
  expect([same.isDoubleClick('web'), moved.isDoubleClick('mail')]).toEqual([true, false]);
  expect(late.isDoubleClick('mail')).toBe(false);
});

it('is a click wherever one is made without a pointer', () => {
  expect(new RowPress().isClick('web', 0)).toBe(true);
});

it('begins to drag what was pressed alone', () => {
  const press = new RowPress();
  press.begin('web');
  expect([press.isOn('web'), press.isOn('mail')]).toEqual([true, false]);
});
