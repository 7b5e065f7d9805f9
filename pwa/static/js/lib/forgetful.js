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
}
