@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Pester shares variables between blocks that the analyzer cannot see.
        'PSUseDeclaredVarsMoreThanAssignments'
    )
}
