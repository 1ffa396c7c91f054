/** Our own primitives; pages import from here only. */
export { Avatar, initials } from "./avatar";
export { Badge, CriterionKey, Dot, Kbd, SandboxBadge, type Tone } from "./badge";
export { Button, type ButtonProps, IconButton, look } from "./button";
export { Segmented, Tick } from "./choice";
export { Dialog } from "./dialog";
export { type ControlIds, Field, Input, TextArea } from "./field";
export { FileDrop } from "./file-drop";
export { FormDialog } from "./form-dialog";
export { Icon, RailIcon } from "./icon";
export type { IconName, RailIconName } from "./icons";
export { HouseMark } from "./mark";
export { Menu, type MenuItem } from "./menu";
export { SaveBar } from "./save-bar";
export { type Option, Select } from "./select";
export {
  STAGE_WORD,
  STAGES,
  type Stage,
  StageBadge,
  StageBar,
  StageLegend,
  stageColor,
} from "./stage";
export { Banner, EmptyState, ErrorState, Progress, Skeleton, SkeletonRows } from "./states";
export { Row, Table, Td, Th } from "./table";
export { type Tab, Tabs } from "./tabs";
export { RelativeTime, useMinute } from "./time";
export { ToastProvider, useToast } from "./toast";
export { Tooltip } from "./tooltip";
