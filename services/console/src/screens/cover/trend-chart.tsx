import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { dayOf } from '../../words/time.ts';
import type { Day } from './days.ts';

/** The table beside it says the same. */
export const TrendChart = ({ days }: { days: readonly Day[] }) => (
  <div className="mu-trend" aria-hidden="true">
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={days.map((day) => ({ ...day, name: dayOf(day.from) }))} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="#b1b4b6" />
        <XAxis dataKey="name" tick={{ fontSize: 14, fill: '#0b0c0c' }} />
        <YAxis allowDecimals={false} width={44} tick={{ fontSize: 14, fill: '#0b0c0c' }} />
        <Legend formatter={(words) => <span className="mu-trend__words">{words}</span>} />
        <Bar dataKey="free" name="Free" stackId="all" fill="#00703c" isAnimationActive={false} />
        <Bar dataKey="taken" name="Taken" stackId="all" fill="#f3a83c" isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  </div>
);
