"""The staff desks: front desk, department to-do, issuing counter, finding a case. Screens only; the acts are below."""
