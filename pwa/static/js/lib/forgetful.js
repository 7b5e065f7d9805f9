// The store of a device that keeps nothing: the same methods as in store.js, over memory that ends with the page.

export class Forgetful {
  tables = new Map();

  table(name) {
    if (!this.tables.has(name)) this.tables.set(name, new Map());
    return this.tables.get(name);
  }

  async get(table, key) {
    return this.table(table).get(key);
  }

  async all(table) {
    return [...this.table(table).values()];
  }

  async put(table, key, value) {
    this.table(table).set(key, value);
  }

  async putAll(table, pairs) {
    for (const [key, value] of pairs) this.table(table).set(key, value);
  }

  async delete(table, key) {
    this.table(table).delete(key);
  }

  async clear(table) {
    this.table(table).clear();
  }

  async update(table, key, change) {
    const value = change(this.table(table).get(key));
    if (value === undefined) this.table(table).delete(key);
    else this.table(table).set(key, value);
  }

  /** Change several tables; what is asked of a table answers at once, as far as a change of the other store needs it. */
  async change(names, action) {
    action(Object.fromEntries(names.map((name) => [name, asObjectStore(this.table(name))])));
  }
}

const answered = (result) => ({ result, set onsuccess(listener) { listener(); } }); // prettier-ignore

const asObjectStore = (table) => ({
  get: (key) => answered(table.get(key)),
  getAll: () => answered([...table.values()]),
  put: (value, key) => table.set(key, value),
  delete: (key) => table.delete(key),
});
