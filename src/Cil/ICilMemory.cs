using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil;

/// <summary>The kind of value that an access to memory reads or writes.</summary>
public enum CilKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A pointer to data.</summary>
    Pointer,

    /// <summary>A pointer to code.</summary>
    Function,
}

/// <summary>The outcome of an access to memory.</summary>
/// <param name="Result">What was read, or the memory afterwards.</param>
/// <param name="Allowed">The condition under which the access stays within what it points into.</param>
public sealed record CilAccess<TResult>(TResult Result, Term Allowed);

/// <summary>The memory that compiled code works on; a persistent value. What it does not know it answers with null.</summary>
public interface ICilMemory<TSelf>
    where TSelf : class, ICilMemory<TSelf>
{
    /// <summary>Reads.</summary>
    /// <param name="at">Where.</param>
    /// <param name="bytes">The number of bytes: 1, 2, 4 or 8.</param>
    /// <param name="kind">What is read; a number has eight times as many bits.</param>
    CilAccess<CilValue>? Load(CilValue.Pointer at, int bytes, CilKind kind);

    /// <summary>Writes.</summary>
    /// <param name="at">Where.</param>
    /// <param name="bytes">The number of bytes: 1, 2, 4 or 8.</param>
    /// <param name="value">What; a number has eight times as many bits.</param>
    CilAccess<TSelf>? Store(CilValue.Pointer at, int bytes, CilValue value);

    /// <summary>Calls a method of another assembly that returns nothing.</summary>
    /// <param name="method">Its full name, as in <c>System.Console::WriteLine</c>.</param>
    /// <param name="arguments">The arguments.</param>
    CilAccess<TSelf>? Call(string method, Sequence<CilValue> arguments);
}
