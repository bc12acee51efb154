using System.Data.Common;

namespace Grid.Experiments.Store.Relational;

/// <summary>What differs between databases. The statements themselves are the same for all.</summary>
internal interface ISqlDialect
{
    /// <summary>The folder of the migration scripts, beside the dialect.</summary>
    string Name { get; }

    /// <summary>What a message calls this store: a file, or a server and database; never a password.</summary>
    string Place { get; }

    /// <summary>What a message advises where this store cannot be used: to name another.</summary>
    string NameAnother { get; }

    /// <summary>What a message advises where this store is older than the program.</summary>
    string BringUpToDate { get; }

    /// <summary>Connections that may read at the same time.</summary>
    int MostReaders { get; }

    /// <summary>How long reads and writes are tried again that failed with a <see cref="StoreUnavailableException"/>.</summary>
    Retries Patience { get; }

    /// <summary>The same when the store is opened: somebody waits to hear that its address is wrong.</summary>
    Retries OpeningPatience { get; }

    /// <summary>An open connection that may write.</summary>
    DbConnection OpenWriter();

    /// <summary>An open connection that only reads and is not held up by a writer.</summary>
    DbConnection OpenReader();

    bool HasTable(SqlSession session, string table);

    /// <summary>Within a transaction: keeps others from changing the schema until it ends.</summary>
    void LockSchema(SqlSession session);

    /// <summary>Says what happened and what to change; a <see cref="StoreUnavailableException"/> where the same again may succeed.</summary>
    StoreException Explain(DbException error);
}
