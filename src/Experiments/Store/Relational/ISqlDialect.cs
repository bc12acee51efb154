using System.Data.Common;

namespace Grid.Experiments.Store.Relational;

/// <summary>What differs between databases. The statements themselves are the same for all.</summary>
internal interface ISqlDialect
{
    /// <summary>The folder of the migration scripts, beside the dialect.</summary>
    string Name { get; }

    /// <summary>What a message calls this store: a file, or a server and database; never a password.</summary>
    string Place { get; }

    /// <summary>An open connection that may write. Its transactions take the write lock when they begin.</summary>
    DbConnection OpenWriter();

    /// <summary>An open connection that only reads and is not held up by a writer.</summary>
    DbConnection OpenReader();

    bool HasTable(SqlSession session, string table);

    /// <summary>Says what happened and what to change.</summary>
    StoreException Explain(DbException error);
}
