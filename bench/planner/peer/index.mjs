// FullCalendar as its own documentation sets it up; `drawPeer` is called from outside.
import { Calendar } from "fullcalendar";
import interaction from "fullcalendar/interaction";
import timeGrid from "fullcalendar/timegrid";
import classic from "fullcalendar/themes/classic";
import "fullcalendar/skeleton.css";
import "fullcalendar/themes/classic/theme.css";
import "fullcalendar/themes/classic/palette.css";

const carrying = () => {
  globalThis.isCarrying = true;
};
const over = () => {
  globalThis.isCarrying = false;
};
globalThis.drawPeer = ({ view, date, height, events }) => {
  const calendar = new Calendar(document.querySelector("#calendar"), {
    plugins: [interaction, timeGrid, classic],
    initialView: view,
    initialDate: date,
    timeZone: "UTC",
    height,
    firstDay: 1,
    scrollTime: "08:30:00",
    headerToolbar: { left: "prev,next", center: "title", right: "timeGridWeek,timeGridDay" },
    editable: true,
    longPressDelay: 350,
    events,
    eventDidMount: ({ el }) => el.setAttribute("data-block", ""),
    eventDragStart: carrying,
    eventResizeStart: carrying,
    eventDragStop: over,
    eventResizeStop: over,
    // The same week for the next round.
    eventDrop: ({ revert }) => revert(),
    eventResize: ({ revert }) => revert(),
  });
  calendar.render();
};
