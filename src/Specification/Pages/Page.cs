namespace RbpfSpec.Specification.Pages;

/// <summary>One page of the specification: a chapter written by hand, or a page generated from the semantics.</summary>
/// <param name="Path">Its file under <c>spec/</c>, with slashes, such as <c>30-instructions/division.md</c>.</param>
/// <param name="Title">What its first heading says.</param>
/// <param name="Markdown">Its text, in GitHub's Markdown; links to other pages are relative file names.</param>
/// <param name="IsGenerated">Whether <c>rbpf generate</c> writes it.</param>
public sealed record Page(string Path, string Title, string Markdown, bool IsGenerated);
