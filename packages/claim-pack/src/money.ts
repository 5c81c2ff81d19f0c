/** Pence as pounds with two digits, without a sign of the currency: `40001` is `400.01`. */
export const pounds = (pence: number): string => {
  const digits = String(pence).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Pence as people read them: `£1,234.56`. */
export const showMoney = (pence: number): string => {
  const [whole = '', rest = ''] = pounds(pence).split('.');
  return `£${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
};
