using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Host.Containers;

/// <summary>How long a run of a container may last: every run ends, whatever the profile says.</summary>
public enum BudgetClass
{
    /// <summary>Short-lived code to debug or monitor with, strictly bounded.</summary>
    Snippet,

    /// <summary>Business logic, which may take its time.</summary>
    Logic,
}

/// <summary>The limits of the classes.</summary>
public static class BudgetClasses
{
    /// <summary>The greatest number of taken branches and local calls of a run.</summary>
    public static ulong Branches(this BudgetClass budget) => budget switch
    {
        BudgetClass.Snippet => 200,
        BudgetClass.Logic => 20_000,
    };

    /// <summary>The greatest number of instructions of a run.</summary>
    public static ulong Instructions(this BudgetClass budget) => budget switch
    {
        BudgetClass.Snippet => 4_000,
        BudgetClass.Logic => 1_000_000,
    };

    /// <summary>The allowance of branches.</summary>
    internal static Allowance<ulong> BranchLimit(this BudgetClass budget) => new Allowance<ulong>.Remaining(budget.Branches());

    /// <summary>The allowance of instructions.</summary>
    internal static Allowance<ulong> InstructionLimit(this BudgetClass budget) => new Allowance<ulong>.Remaining(budget.Instructions());
}
