// The lines of the chart: a head for each group, then its rows; which line is what, without a list of all.
export class Lines {
  constructor(groups, grouped) {
    this.head = grouped ? 1 : 0;
    this.groups = groups.map(([key, label, count]) => ({ key, label, count, begin: 0 }));
    this.count = 0;
    for (const group of this.groups) {
      group.begin = this.count;
      this.count += group.count + this.head;
    }
  }

  // The group of a line, and which of its rows it is; -1 is its head.
  at(line) {
    let low = 0, high = this.groups.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.groups[middle].begin <= line) low = middle; else high = middle - 1;
    }
    return { place: low, group: this.groups[low], row: line - this.groups[low].begin - this.head };
  }
}
