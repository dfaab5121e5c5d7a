import { useEffect, useRef, useState } from "react";
import { dateIn } from "../calendar/axis.ts";
import { useServices } from "../shell/services.ts";
import { type Report, readFiles, type TextFile } from "./files/read.ts";
import type { PlannerView } from "./planner.ts";

const mostBytes = 10 * 1024 * 1024;

/** Takes files from the picker, from a drop anywhere on the page, or as text, and keeps what is to be said of them. */
export function useIntake({ commit }: Pick<PlannerView, "commit">) {
  const { drafts } = useServices();
  const [reports, setReports] = useState<readonly Report[]>([]);

  const takeTexts = async (files: readonly TextFile[], refused: readonly Report[] = []) => {
    const { action, reports: read } = await readFiles(files, drafts.get().draft, {
      today: (zone) => dateIn(zone, Date.now()),
      newId: () => crypto.randomUUID(),
    });
    const said = [...refused, ...read];
    if (read.some(({ problem }) => problem === null)) commit("Read files", action, said.map(summary).join(" "));
    setReports(said.filter(needsAttention));
  };
  const takeFiles = async (files: readonly File[]) => {
    const large = files.filter(({ size }) => size > mostBytes);
    const texts = files
      .filter(({ size }) => size <= mostBytes)
      .map(async (file) => ({ name: file.name, text: await file.text() }));
    await takeTexts(await Promise.all(texts), large.map(tooLarge));
  };
  const isDragging = useDrop((files) => void takeFiles(files));
  return {
    reports,
    dismiss: () => setReports([]),
    takeTexts,
    takeFiles,
    pick: () => pick((files) => void takeFiles(files)),
    isDragging,
  };
}
export type Intake = ReturnType<typeof useIntake>;

/** Opens the browser's file picker. */
function pick(take: (files: File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.accept = ".ics,.json,.csv,text/calendar,application/json,text/csv";
  input.addEventListener("change", () => take([...(input.files ?? [])]));
  input.click();
}

/** @returns whether files are being dragged over the page */
function useDrop(take: (files: File[]) => void): boolean {
  const [isDragging, setDragging] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setDragging(false);
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setDragging(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  return isDragging;
}

function tooLarge({ name, size }: File): Report {
  const problem = `It has ${(size / 1024 / 1024).toFixed(1)} MB; files up to ${mostBytes / 1024 / 1024} MB are read.`;
  return { name, took: "", notes: [], problem, refused: [], retry: null };
}

function summary({ name, took, problem }: Report): string {
  return problem === null ? `${took.charAt(0).toUpperCase()}${took.slice(1)}.` : `${name} could not be read.`;
}

function needsAttention({ problem, refused, notes }: Report): boolean {
  return problem !== null || refused.length > 0 || notes.length > 0;
}
