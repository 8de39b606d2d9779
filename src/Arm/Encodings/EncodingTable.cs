using RbpfSpec.Arm.Encodings.Tables;

namespace RbpfSpec.Arm.Encodings;

/// <summary>All encodings: of each instruction the shorter first.</summary>
internal static class EncodingTable
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        .. NarrowData.Rows,
        .. NarrowTransfers.Rows,
        .. NarrowBranches.Rows,
        .. WideData.Rows,
        .. WideFields.Rows,
        .. WideTransfers.Rows,
        .. WideBranches.Rows,
    ];
}
